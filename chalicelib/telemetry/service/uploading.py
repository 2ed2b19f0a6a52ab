"""A file that somebody uploads: taken out of its form, stored, parsed, booked and answered at once (US-055)."""

import hashlib
import io
from collections.abc import Sequence

import multipart

from chalicelib.kit import rate_limit
from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.telemetry.dex import Issue, Read, Severity, Verdict
from chalicelib.telemetry.dex.lines import MAX_BYTES
from chalicelib.telemetry.models.parsed import DexError, DexParsed, DexRefused, MachineInfo, ParsedRead, Problem
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.queries.files import NewFile, StoredFile
from chalicelib.telemetry.service import raw
from chalicelib.telemetry.service.arrivals import Ingested
from chalicelib.telemetry.service.ingesting import parsed, take_in

UPLOADS_A_MINUTE = 30
LONGEST_NAME = 255
ENDINGS = (".txt", ".dex")
FORM_OVERHEAD = 16 * 1024
MOST_WARNINGS = 100

Uploaded = Answer[DexParsed | DexRefused]


class _Refused(Exception):
    """The upload itself is wrong, before anything is parsed; the contract's page reads `error.message`."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def upload(call: Call) -> Uploaded:
    """Take an uploaded DEX file. A file that cannot be read is stored with what is wrong with it, and refused."""
    try:
        filename, content = _file_of(call)
    except _Refused as refused:
        return Answer(DexRefused(error=DexError(message=refused.message)), status=refused.status)
    raw.keep([content])
    file, zone = _note(call, filename, content)
    (found,) = take_in(call, [parsed(content, file, zone)])
    if all(one.read.verdict is Verdict.REJECTED for one in found):
        return Answer(_refusal(found[0]), status=400)
    return Answer(_success(found))


def _file_of(call: Call) -> tuple[str, bytes]:
    """The file in the form's field `file`, and its name."""
    kind, options = multipart.parse_options_header(call.headers.get("content-type", ""))
    if len(call.raw_body) > MAX_BYTES + FORM_OVERHEAD:
        raise _Refused("A DEX file has at most 2 MiB.", status=413)
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise _Refused("No file uploaded")
    filename, content = _part(call.raw_body, options["boundary"])
    if not filename:
        raise _Refused("No file selected")
    if not filename.lower().endswith(ENDINGS):
        raise _Refused("File must be a .txt or .dex file")
    if len(content) > MAX_BYTES:
        raise _Refused("A DEX file has at most 2 MiB.", status=413)
    return filename[-LONGEST_NAME:], content


def _part(body: bytes, boundary: str) -> tuple[str, bytes]:
    parser = multipart.MultipartParser(io.BytesIO(body), boundary, content_length=len(body), spool_limit=len(body) + 1)
    try:
        part = next((part for part in parser if part.name == "file"), None)
        if part is None:
            raise _Refused("No file uploaded")
        return (part.filename or "").replace("\0", "").strip(), bytes(part.raw)
    except multipart.MultipartError as error:
        raise _Refused("No file uploaded") from error


def _note(call: Call, filename: str, content: bytes) -> tuple[StoredFile, str]:
    sha256 = hashlib.sha256(content).digest()
    with call.transaction() as db:
        rate_limit.spend(db, "dex-upload", str(call.principal.user_id), UPLOADS_A_MINUTE, 60, call.now)
        (file,) = files.note(
            db,
            [
                NewFile(
                    sha256=sha256,
                    kind="dex",
                    filename=filename,
                    size_bytes=len(content),
                    s3_key=raw.key_of(sha256),
                    source="upload",
                    partner=None,
                    device_id=None,
                    received_by=call.principal.user_id,
                )
            ],
            call.now,
        )
        return file, files.company_zone(db)


def _refusal(one: Ingested) -> DexRefused:
    """The first error of the file, where the person who uploaded it can see it."""
    errors = [issue for issue in one.read.issues if issue.severity is Severity.ERROR] or list(one.read.issues)
    first = errors[0] if errors else None
    lines = {record.line_no: record.raw for record in one.read.records}
    return DexRefused(
        error=DexError(
            message=first.message if first else "This is no DEX file.",
            line=(first.line_no or 0) if first else 0,
            field=(first.field_no or 0) if first else 0,
            record=lines.get(first.line_no) if first and first.line_no else None,
        ),
        dex_read_id=one.read_id,
        errors=_problems(errors),
    )


def _problems(issues: Sequence[Issue]) -> list[Problem]:
    return [
        Problem(
            line=issue.line_no or 0,
            field=issue.field_no or 0,
            record=issue.record_type,
            code=str(issue.code.value),
            severity=issue.severity.value,
            message=issue.message,
        )
        for issue in issues[:MOST_WARNINGS]
    ]


def _success(found: Sequence[Ingested]) -> DexParsed:
    good = next(one for one in found if one.read.verdict is not Verdict.REJECTED)
    warnings = [issue for one in found for issue in one.read.issues if issue.severity is not Severity.INFO]
    return DexParsed(
        dex_read_id=good.read_id,
        machine_info=_machine(good.read),
        total_records=good.read.total_records,
        pa_records_count=len(good.read.selections),
        message=_message(found),
        duplicate=all(one.is_duplicate for one in found),
        reads=[_read(one) for one in found],
        warnings=_problems(warnings),
    )


def _message(found: Sequence[Ingested]) -> str:
    if all(one.is_duplicate for one in found):
        return "This DEX file had been stored before; nothing was changed"
    if any(one.read.verdict is Verdict.QUARANTINED for one in found):
        return "DEX file stored, but it does not fit its own checksum: nothing is booked from it"
    return "DEX file parsed and stored successfully"


def _machine(read: Read) -> MachineInfo:
    software = read.first("ID1")
    return MachineInfo(
        machine_serial=read.machine_serial or "",
        manufacturer=maker(read.comm_id),
        version=read.dts_version or "",
        revision=(software.text(3) or "") if software else "",
        options="",
        comm_id=read.comm_id,
        model=read.machine_model,
        asset=read.asset_reported,
    )


def maker(comm_id: str | None) -> str:
    """The maker's code: the three letters that begin a communication id since level 6.0 (telemetry.md 1)."""
    code = (comm_id or "")[:3]
    return code if len(code) == 3 and code.isalpha() else ""


def _read(one: Ingested) -> ParsedRead:
    booked = one.booked
    return ParsedRead(
        dex_read_id=one.read_id,
        machine_serial=one.read.machine_serial or "",
        status=one.read.status.value,
        quarantined=one.read.verdict is Verdict.QUARANTINED,
        duplicate=one.is_duplicate,
        device_id=one.device_id,
        total_records=one.read.total_records,
        pa_records_count=len(one.read.selections),
        booked_units=booked.units if booked else 0,
        booked_cash=booked.revenue_cents if booked else 0,
    )
