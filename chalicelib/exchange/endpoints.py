"""The routes of the exchange."""

from chalice.app import Blueprint

from chalicelib.exchange.errors import FileMissing, JobNotFound, NotStartable
from chalicelib.exchange.models.jobs import (
    Export,
    ExportPage,
    ExportWish,
    Import,
    ImportPage,
    ImportWish,
    PageAsked,
    RefusalsAsked,
    RefusedRows,
)
from chalicelib.exchange.service import asking
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER

blueprint = Blueprint(__name__)

MAY = (ADMIN, MANAGER)
STORES = ("s3:PutObject", "kms:GenerateDataKey", "sqs:SendMessage@exchange")


@endpoint(
    blueprint, "POST", "/api/exchange/imports", roles=MAY, status=202, own_transactions=True, grants=STORES, timeout=29
)
def ask_for_import(call: Call, body: ImportWish) -> Import:
    """Bring in a file of products, devices, locations, planograms, sales, counts, or a whole fleet.

    A small file goes along under `content` and begins at once. For a larger one the answer says where it is to be
    sent by PUT; then start it. Rows that do not fit are left out and listed; the same file a second time changes
    nothing. 202: it is carried out in the background.
    """
    return asking.bring_in(call, body)


@endpoint(blueprint, "GET", "/api/exchange/imports", roles=MAY)
def list_imports(call: Call, query: PageAsked) -> ImportPage:
    """List imports, the newest first."""
    return asking.imports(call, query)


@endpoint(blueprint, "GET", "/api/exchange/imports/{job_id}", roles=MAY, refusals=[JobNotFound])
def show_import(call: Call, job_id: int) -> Import:
    """Show how far an import has come."""
    return asking.one_import(call, job_id)


@endpoint(blueprint, "GET", "/api/exchange/imports/{job_id}/refused", roles=MAY, refusals=[JobNotFound])
def list_refused_rows(call: Call, job_id: int, query: RefusalsAsked) -> RefusedRows:
    """List the rows that an import left out, with what is wrong with each."""
    return asking.refusals(call, job_id, query)


@endpoint(
    blueprint,
    "POST",
    "/api/exchange/imports/{job_id}/start",
    roles=MAY,
    refusals=[JobNotFound, NotStartable, FileMissing],
    status=202,
    own_transactions=True,
    grants=("s3:GetObject", "s3:ListBucket", "sqs:SendMessage@exchange"),
)
def start_import(call: Call, job_id: int) -> Import:
    """Start an import whose file has been sent, or take one up again that failed; what is done of it stays done."""
    return asking.start(call, job_id)


@endpoint(
    blueprint,
    "POST",
    "/api/exchange/exports",
    roles=[ADMIN],
    status=202,
    own_transactions=True,
    grants=("sqs:SendMessage@exchange",),
)
def ask_for_export(call: Call, body: ExportWish) -> Export:
    """Have the whole fleet written into files that can come in again, as of one moment. 202: in the background."""
    return asking.take_out(call, body)


@endpoint(blueprint, "GET", "/api/exchange/exports", roles=[ADMIN])
def list_exports(call: Call, query: PageAsked) -> ExportPage:
    """List exports, the newest first."""
    return asking.exports(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/exchange/exports/{job_id}",
    roles=[ADMIN],
    refusals=[JobNotFound],
    own_transactions=True,
    grants=("s3:GetObject", "kms:Decrypt"),
)
def show_export(call: Call, job_id: int) -> Export:
    """Show how far an export has come, with the checksums of its files and an address to fetch them from."""
    return asking.one_export(call, job_id)
