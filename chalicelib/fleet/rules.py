"""Rules of the fleet that need no database."""

from datetime import datetime, timedelta

from chalicelib.fleet.models.locations import GeocodeStatus

RECOVERED_FREELY_FOR = timedelta(days=90)


def needs_justification(deleted_at: datetime | None, now: datetime) -> bool:
    """Whether a device was deleted so long ago that its recovery must be justified (BR-048)."""
    return deleted_at is not None and now - deleted_at > RECOVERED_FREELY_FOR


def geocode_status(
    before: GeocodeStatus, *, address: str | None, address_changed: bool, has_coordinates: bool
) -> GeocodeStatus:
    """Where a location's coordinates come from after a write (BR-060, BR-061).

    Coordinates from the client win; a changed address is to be looked up, which happens after the write; everything
    else stays as it is.
    """
    if has_coordinates:
        return "manual"
    if not address_changed:
        return before
    return "pending" if address else "none"
