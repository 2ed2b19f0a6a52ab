"""DEX files and what was read from them."""

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.telemetry.errors import DexReadNotFound, FileTooLarge, NoGrid, NoSelections, NotADexFile
from chalicelib.telemetry.models.parsed import DexParsed, DexRefused
from chalicelib.telemetry.models.reads import (
    GridInfoAnswer,
    GridLayout,
    PaRecords,
    ReadDetail,
    ReadPage,
    ReadsAsked,
    RecordList,
)
from chalicelib.telemetry.service import showing, uploading

blueprint = Blueprint(__name__)

SEES = (ADMIN, MANAGER, VIEWER)


@endpoint(
    blueprint,
    "POST",
    "/api/dex/parse",
    roles=[ADMIN, MANAGER],
    refusals=[NotADexFile, FileTooLarge, RateLimited],
    refused_as=DexRefused,
    own_transactions=True,
    grants=["s3:PutObject", "kms:GenerateDataKey"],
    memory=512,
    timeout=29,
)
def parse_dex(call: Call) -> Answer[DexParsed | DexRefused]:
    """Upload a DEX file as multipart/form-data, field `file`.

    Its reads are stored, linked to their devices and booked. A file that cannot be read answers 400 with the line and
    the field; the same file again answers as the first time, with `duplicate: true`.
    """
    return uploading.upload(call)


@endpoint(blueprint, "GET", "/api/dex/reads", roles=SEES, sheet=Sheet("reads"), scope="reads:read", rows="filtered")
def list_dex_reads(call: Call, query: ReadsAsked) -> ReadPage:
    """List the reads, newest first."""
    return showing.listed(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/dex/reads/{read_id}",
    roles=SEES,
    refusals=[DexReadNotFound],
    timeout=20,
    scope="reads:read",
    rows="filtered",
)
def show_dex_read(call: Call, read_id: int) -> ReadDetail:
    """Show a read with its lines, its selections, what is wrong with it and what it sold."""
    return showing.detail(call, read_id)


@endpoint(
    blueprint,
    "GET",
    "/api/dex/pa-records/{read_id}",
    roles=SEES,
    sheet=Sheet("pa_records"),
    scope="reads:read",
    rows="filtered",
)
def list_pa_records(call: Call, read_id: int) -> PaRecords:
    """List the selections of a read."""
    return showing.selections(call, read_id)


@endpoint(
    blueprint,
    "GET",
    "/api/dex/grid-layout/{read_id}",
    roles=SEES,
    refusals=[NoGrid],
    scope="reads:read",
    rows="filtered",
)
def show_grid_layout(call: Call, read_id: int) -> GridLayout:
    """Show the selections of a read by row and column."""
    return showing.grid_layout(call, read_id)


@endpoint(
    blueprint,
    "GET",
    "/api/dex/grid-info/{read_id}",
    roles=SEES,
    refusals=[NoSelections],
    scope="reads:read",
    rows="filtered",
)
def show_grid_info(call: Call, read_id: int) -> GridInfoAnswer:
    """Show how the selection numbers of a read make rows and columns."""
    return showing.grid_info(call, read_id)


@endpoint(
    blueprint,
    "GET",
    "/api/dex/records/{read_id}",
    roles=SEES,
    sheet=Sheet("records"),
    scope="reads:read",
    rows="filtered",
)
def list_dex_records(call: Call, read_id: int) -> RecordList:
    """List the lines of a read."""
    return showing.records(call, read_id)
