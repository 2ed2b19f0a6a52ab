"""Linking reads to devices, and selections to slots, by people (BR-143, US-056)."""

from zoneinfo import ZoneInfo

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.telemetry.dex import Verdict, parse
from chalicelib.telemetry.errors import DexReadNotFound, NothingToLink, SlotNotInDevice
from chalicelib.telemetry.events import DexLinked, DexMapped
from chalicelib.telemetry.models.links import (
    DeviceMappings,
    Evidence,
    LinkBody,
    Linked,
    MappingsBody,
    SelectionSlot,
)
from chalicelib.telemetry.models.reads import Unlinked
from chalicelib.telemetry.queries import files, links, listing, storing, vends
from chalicelib.telemetry.queries.links import NewestRead
from chalicelib.telemetry.rules import grids
from chalicelib.telemetry.rules.grids import GridSelection, GridSlot
from chalicelib.telemetry.service import rows
from chalicelib.telemetry.service.booking import book_machines


def unlinked(call: Call) -> Unlinked:
    """The machines whose reads wait for a device."""
    return Unlinked(machines=listing.unlinked(call.db))


def link(call: Call, read_id: int, body: LinkBody) -> Linked:
    """Link a read, and with it every unlinked read of its machine, to a device, and book what they sold.

    The device is known by the machine's key from then on. A read that was linked to another device is moved: what had
    been booked there is reversed.
    """
    if not links.hold_device(call.db, body.device_id):
        raise DeviceNotFound
    read = links.linkable(call.db, read_id)
    if read is None:
        raise DexReadNotFound
    if read.status == "rejected":
        raise NothingToLink
    links.learn_key(call.db, body.device_id, read.machine_key)
    read_ids = sorted(links.link_machine(call.db, read, body.device_id))
    if serial := read.machine_key.partition("/")[2]:
        vends.adopt(call.db, {serial: body.device_id})
    call.record(DexLinked(resource_id=body.device_id, read_ids=read_ids, basis="person"))
    devices = {body.device_id} | ({read.device_id} if read.device_id is not None else set())
    _understand_imported(call, body.device_id)
    booked = {one.device_id: one for one in book_machines(call, devices, read_ids)}
    mine = booked.get(body.device_id)
    return Linked(
        device_id=body.device_id,
        read_ids=read_ids,
        booked_units=mine.units if mine else 0,
        booked_cash=mine.revenue_cents if mine else 0,
    )


def _understand_imported(call: Call, device_id: int) -> None:
    """Reads that were imported have their text in the database; the interval engine is told what they say."""
    imported = links.without_reading(call.db, [device_id])
    if not imported:
        return
    zone = ZoneInfo(files.company_zone(call.db))
    understood = []
    for row in imported:
        read, *_ = parse(row.raw_content.encode(), uploaded_at=row.uploaded_at, zone=zone)
        if read.verdict is Verdict.ACCEPTED:
            understood.append(rows.reading_row(row.id, read, row.uploaded_at))
    storing.insert_readings(call.db, understood)


def mappings(call: Call, device_id: int) -> DeviceMappings:
    """How the selections of a device's newest read are mapped, and what the grid proposes for the others."""
    if not files.live_device(call.db, device_id):
        raise DeviceNotFound
    return _mappings(call, device_id, units=0, cents=0)


def map_selections(call: Call, device_id: int, body: MappingsBody) -> DeviceMappings:
    """Let these be all mappings of a device, and book what its reads sold by them."""
    if not links.hold_device(call.db, device_id):
        raise DeviceNotFound
    own = {slot.slot_id for slot in links.grid_slots(call.db, device_id)}
    if strange := sorted({mapping.slot_id for mapping in body.mappings} - own):
        raise SlotNotInDevice(slots=strange)
    before = {one.selection: one.slot_id for one in links.mappings(call.db, device_id)}
    after = {mapping.selection: mapping.slot_id for mapping in body.mappings}
    links.replace_mappings(call.db, device_id, list(after), list(after.values()), call.principal.user_id)
    if before != after:
        call.record(DexMapped(resource_id=device_id, before=before, after=after))
    booked = book_machines(call, [device_id])
    return _mappings(
        call,
        device_id,
        units=sum(one.units for one in booked),
        cents=sum(one.revenue_cents for one in booked),
    )


def _mappings(call: Call, device_id: int, *, units: int, cents: int) -> DeviceMappings:
    read = links.newest_read(call.db, device_id)
    selections = links.grid_selections(call.db, read.id) if read else []
    slots = links.grid_slots(call.db, device_id)
    by_hand = {one.selection: one.slot_id for one in links.mappings(call.db, device_id)}
    stated = {one.selection: one.slot_id for one in links.targets(call.db, [device_id])}
    confidence = read.pattern_confidence if read else 0.0
    offered = grids.proposed(selections, slots, confidence=confidence)
    by_id = {slot.slot_id: slot for slot in slots}

    def placed(one: GridSelection) -> SelectionSlot:
        for basis, slot_id in (("mapping", by_hand.get(one.selection)), ("stated", stated.get(one.selection))):
            if slot_id in by_id:
                return _placed(one, basis, by_id[slot_id], read, confidence)
        slot = offered.get(one.selection)
        return _placed(one, "proposed" if slot else "none", slot, read, confidence)

    return DeviceMappings(
        device_id=device_id,
        read_id=read.id if read else None,
        read_at=read.read_at if read else None,
        pattern=read.pattern_type if read else None,
        confidence=confidence,
        selections=[placed(one) for one in selections],
        booked_units=units,
        booked_cash=cents,
    )


def _placed(
    one: GridSelection, basis: str, slot: GridSlot | None, read: NewestRead | None, confidence: float
) -> SelectionSlot:
    price = slot.price_cents if slot else None
    agrees = None if price is None or one.price_cents is None else price == one.price_cents
    return SelectionSlot.model_validate(
        {
            "selection": one.selection,
            "basis": basis,
            "slot_id": slot.slot_id if slot else None,
            "position": slot.position if slot else None,
            "cabinet_index": slot.cabinet_index if slot else None,
            "product_id": slot.product_id if slot else None,
            "product_name": slot.product_name if slot else None,
            "machine_price": one.price_cents,
            "slot_price": price,
            "price_differs": agrees is False,
            "confidence": 1.0 if basis in ("mapping", "stated") else confidence if slot else 0.0,
            "evidence": Evidence(
                pattern=(read.pattern_type if read else None) or "unknown",
                row_label=one.row_label,
                col_label=one.col_label,
                row_no=one.row_no,
                col_no=one.col_no,
                price_matches=agrees,
                product_text=one.product_text,
            ),
        }
    )
