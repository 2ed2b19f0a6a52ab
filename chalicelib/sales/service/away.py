"""Which sales are in the archive and not here."""

from chalicelib.kit.db import Connection
from chalicelib.sales.models.archives import Archived
from chalicelib.sales.queries import archives


def archived(db: Connection) -> Archived:
    """The months whose sales are in the archive."""
    return Archived(archives.months_away(db))
