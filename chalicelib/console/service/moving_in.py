"""Bringing in what a browser had stored: each device and each planogram by itself, and again without harm."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from chalicelib.console import queries
from chalicelib.console.events import MovedIn
from chalicelib.console.models import Migrated, Storage
from chalicelib.fleet.models.devices import NewDevice
from chalicelib.fleet.service import devices
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal
from chalicelib.planograms.models import PlanogramSave
from chalicelib.planograms.service import saving

TYPES = {"picovision": "picovision", "express": "picovision express", "stockwell": "stockwell"}
"""The device types of the browser's storage, and our names of them in lower case."""


def move_in(call: Call, storage: Storage) -> Migrated:
    """Register the devices and save the planograms; what cannot be is told, and keeps nothing else back."""
    errors = list[str]()
    with call.transaction(read_only=True) as db:
        types = queries.device_types(db)
        taken = queries.taken_assets(db, [str(one.get("asset", "")) for one in storage.devices])
    registered = 0
    for given in storage.devices:
        problem = _register(call, given, types, taken)
        registered += problem is None
        errors += [] if problem is None else [f"Device {given.get('asset', 'without asset')}: {problem}"]
    saved = 0
    for key, slots in storage.planograms.items():
        problem = _save(call, key, slots)
        saved += problem is None
        errors += [] if problem is None else [f"Planogram {key}: {problem}"]
    with call.transaction():
        call.record(MovedIn(devices=registered, planograms=saved, problems=len(errors)))
    return Migrated(migrated_devices=registered, migrated_planograms=saved, errors=errors)


def _register(call: Call, given: Mapping[str, Any], types: Mapping[str, int], taken: set[str]) -> str | None:
    """Register a device; why not, if not."""
    if str(given.get("asset", "")).strip().lower() in taken:
        return "Device with this asset number already exists"
    named = str(given.get("deviceType", "picovision")).lower()
    type_id = types.get(TYPES.get(named, named))
    if type_id is None:
        return f"Unknown device type {named}"
    try:
        wish = NewDevice.model_validate({**given, "device_type_id": type_id})
        with call.transaction():
            devices.register(call, wish)
    except ValidationError as error:
        return _first(error)
    except Refusal as refusal:
        return str(refusal)
    taken.add(wish.asset.lower())
    return None


def _save(call: Call, key: str, slots: Mapping[str, Any]) -> str | None:
    """Save a planogram; why not, if not."""
    try:
        wanted = PlanogramSave.model_validate({"planogramKey": key, "planogramData": slots})
        with call.transaction():
            saving.save(call, wanted)
    except ValidationError as error:
        return _first(error)
    except Refusal as refusal:
        return str(refusal)
    return None


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
