"""The answers to an uploaded DEX file, in the words of the contract."""

from collections.abc import Sequence
from typing import Literal

from chalicelib.kit.models import Model, Money


class MachineInfo(Model):
    """What the machine says of itself. `manufacturer` is the maker's code that begins the communication id."""

    machine_serial: str
    manufacturer: str
    version: str
    revision: str
    options: str
    comm_id: str | None
    model: str | None
    asset: str | None


class Problem(Model):
    """Something that a file has wrong, where, and how bad it is."""

    line: int
    field: int
    record: str | None
    code: str
    severity: str
    message: str


class ParsedRead(Model):
    """One read of a file. `booked_units` and `booked_cash` are what its interval has brought onto the books."""

    dex_read_id: int
    machine_serial: str
    status: str
    quarantined: bool
    duplicate: bool
    device_id: int | None
    total_records: int
    pa_records_count: int
    booked_units: int
    booked_cash: Money


class DexParsed(Model):
    """A file that could be read. The figures beside `reads` are those of its first read."""

    success: Literal[True] = True
    dex_read_id: int
    machine_info: MachineInfo
    total_records: int
    pa_records_count: int
    message: str
    duplicate: bool
    reads: Sequence[ParsedRead]
    warnings: Sequence[Problem]


class DexError(Model):
    """Why a file was refused; line and field count from 1, 0 stands for the whole."""

    message: str
    line: int = 0
    field: int = 0
    record: str | None = None


class DexRefused(Model):
    """A file that was refused. A read that could not be understood is kept all the same, as `dex_read_id`."""

    success: Literal[False] = False
    error: DexError
    dex_read_id: int | None = None
    errors: Sequence[Problem] = ()
