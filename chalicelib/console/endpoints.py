"""The console of admins."""

from chalice.app import Blueprint

from chalicelib.console.errors import AnswerTooLarge, OnlySelect, QueryRejected
from chalicelib.console.models import Migrated, Query, QueryAnswer, Storage
from chalicelib.console.service import asking, moving_in
from chalicelib.fleet.errors import AssetTaken
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN

blueprint = Blueprint(__name__)

LARGEST = 4 * 1024 * 1024


@endpoint(
    blueprint,
    "POST",
    "/api/query",
    roles=[ADMIN],
    refusals=[OnlySelect, QueryRejected, AnswerTooLarge, RateLimited],
    own_transactions=True,
    keeps_answer=False,
    grants=["rds-db:connect@cvd_reporting"],
)
def run_query(call: Call, body: Query) -> QueryAnswer:
    """Run one SELECT over the reporting views, which hold no address of a person, no credential and no trail.

    At most 1,000 rows and five seconds. Every statement is recorded in the audit trail.
    """
    return asking.ask(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/migrate",
    roles=[ADMIN],
    refusals=[AssetTaken],
    own_transactions=True,
    timeout=29,
    largest_body=LARGEST,
)
def migrate_storage(call: Call, body: Storage) -> Migrated:
    """Bring in what the old application kept in a browser: devices with their cabinets, then planograms by key.

    Each is brought in by itself; what cannot be is told in `errors`. A device that is there already is left as it is.
    """
    return moving_in.move_in(call, body)
