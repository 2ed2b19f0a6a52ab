"""The catalogue as partners read it: each kind of event with the JSON schema of its delivery, as it was published.

The files of docs/events are what `describing` makes of the catalogue; `make check` holds them to that.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from chalicelib.kit.call import Call
from chalicelib.partners.models.deliveries import Catalogue, CatalogueEntry

FOLDER: Final = Path(__file__).parents[3] / "docs" / "events"


def catalogue(_call: Call) -> Catalogue:
    """All kinds of events, by name."""
    return _catalogue()


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    listed = _read("catalogue.json")
    return Catalogue(digest=listed["digest"], events=[_entry(one) for one in listed["events"]])


def _entry(listed: dict[str, Any]) -> CatalogueEntry:  # Any: JSON
    schema = _read(f"{listed['name']}.v{listed['version']}.json")
    return CatalogueEntry(
        name=listed["name"],
        version=listed["version"],
        description=schema["description"],
        admins_only=listed["adminsOnly"],
        json_schema=schema,
    )


def _read(name: str) -> dict[str, Any]:  # Any: JSON
    read: dict[str, Any] = json.loads((FOLDER / name).read_text())
    return read
