"""The DEX/EVA-DTS audit file, read and written. Pure: bytes in, frozen dataclasses out, the standard library alone.

    reads = parse(content, uploaded_at=call.now, zone=company_zone)

`parse` never raises on content and always gives at least one `Read`: one for each machine audit in the file (each
ST..SE set of each DXS..DXE transmission; files are found joined together). A file that cannot be read at all is one
`Read` with status `rejected` and the reason in `issues`.

    Read.status         parsed | parsed_with_warnings | rejected          what the file is like (dex.md §5)
    Read.verdict        accepted | quarantined | rejected                 whether it may be booked (telemetry.md §2)
    Read.issues         Issue(line_no, field_no, record_type, severity, code, message), .rule = "DX-0nn"
    Read.records        Record(line_no, record_type, raw, fields, values), .parsed for a JSON column
    Read.selections     Selection(selection, price_cents, units_init, …, payments, row_label, col_label, …)
    Read.cross_checks   CrossCheck(name, expected, actual), .holds, .difference
    Read.pattern        Pattern(type, confidence, rows, cols)
    and comm_id, dts_version, machine_serial, machine_model, asset_reported, board_serial, decimal_places, currency,
    machine_clock, read_at, read_count, reset_count, crc_*, se_count_*, total_records, content_hash.

Not available (`**`, or left out) is None and never zero. `*_cents` are hundredths of a currency unit, scaled by ID401;
`Value.value` of a record is the integer as sent with its `exponent`. `machine_clock` and `last_sale_clock` are the
machine's own naive wall clock; `read_at` and `last_sale_at` are instants, given only when the clock can be believed.
`content_hash` knows one content again whatever its line ends; each read carries its own, the same for a file of one.
`serialise` writes reads back, `compose` writes new ones.
"""

from chalicelib.telemetry.dex.issues import RULES, Code, Issue, Severity
from chalicelib.telemetry.dex.lines import Limits, content_hash
from chalicelib.telemetry.dex.models import (
    CrossCheck,
    Pattern,
    Payment,
    Read,
    Record,
    Selection,
    Status,
    Unit,
    Value,
    Verdict,
)
from chalicelib.telemetry.dex.parser import parse
from chalicelib.telemetry.dex.selections import clock_of
from chalicelib.telemetry.dex.serialise import compose, line_of, serialise

__all__ = [
    "RULES", "Code", "CrossCheck", "Issue", "Limits", "Pattern", "Payment", "Read", "Record", "Selection", "Severity",
    "Status", "Unit", "Value", "Verdict", "clock_of", "compose", "content_hash", "line_of", "parse", "serialise",
]  # fmt: skip
