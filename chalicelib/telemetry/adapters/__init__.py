"""How each partner wraps DEX files; a folder a partner's format, and its name here."""

from collections.abc import Callable, Mapping

from chalicelib.telemetry.adapters import generic
from chalicelib.telemetry.models.feeds import Delivery

Adapter = Callable[[bytes], Delivery]

ADAPTERS: Mapping[str, Adapter] = {"generic": generic.unwrap}
"""From a delivery's bytes to the files, vends and events in it; what it cannot understand is a `BadRequest`."""
