"""What API clients may be allowed: a small vocabulary, of which each route names the one word that opens it."""

from collections.abc import Mapping
from typing import Literal

Scope = Literal[
    "devices:read",
    "devices:write",
    "locations:read",
    "locations:write",
    "products:read",
    "products:write",
    "planograms:read",
    "planograms:write",
    "stock:write",
    "orders:read",
    "orders:write",
    "sales:read",
    "sales:write",
    "reads:read",
    "reads:write",
    "routes:read",
    "reports:read",
    "webhooks:read",
    "webhooks:write",
]

Rows = Literal["whole", "filtered", "shared"]
"""What a route reaches for an API client whose rows are filtered.

- `filtered`: its statements keep to the client's rows, and what lies outside is not there.
- `shared`: what belongs to no device, as products and types: open to every client with the scope.
- `whole`: it tells of the whole fleet, so that only a client without a filter may call it.
"""

SERVER = "cvd"
"""The resource server of the pool."""

PREFIX = f"{SERVER}/"

VOCABULARY: Mapping[Scope, str] = {
    "devices:read": "Read devices, their cabinets and types",
    "devices:write": "Register and change devices and their cabinets",
    "locations:read": "Read locations",
    "locations:write": "Make and change locations",
    "products:read": "Read products and their categories",
    "products:write": "Make and change products",
    "planograms:read": "Read what lies in which slot, and the history of slots",
    "planograms:write": "Change what lies in which slot",
    "stock:write": "Send counts of the stock",
    "orders:read": "Read service orders, pick lists, visits and photos",
    "orders:write": "Make service orders and move them on",
    "sales:read": "Read sales",
    "sales:write": "Record and correct sales",
    "reads:read": "Read DEX reads and how far sent files have come",
    "reads:write": "Send DEX files",
    "routes:read": "Read routes and the devices on them",
    "reports:read": "Read reports and figures of the whole fleet",
    "webhooks:read": "Read webhook subscriptions and their deliveries",
    "webhooks:write": "Make and change webhook subscriptions, and send deliveries again",
}
"""Each scope, and what it opens."""
