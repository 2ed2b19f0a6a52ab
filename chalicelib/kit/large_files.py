"""Files that are larger than an answer may be: kept in the bucket for a day, fetched by an address of some minutes."""

import uuid
from typing import BinaryIO

from chalicelib.kit import files

PREFIX = "exports"


def keep(file: BinaryIO, name: str) -> str:
    """Keep a file where nobody can guess it; the address to fetch it from, under its name."""
    key = f"{PREFIX}/{uuid.uuid4()}.csv"
    files.put(key, file, "text/csv; charset=utf-8")
    return files.address(key, name)
