"""Archives whose bytes depend on what is in them and on nothing else: no clock, no order of files, no folder.

Python files go in with their bytecode, because a function's folders are read-only in the cloud: without it every cold
start would compile everything anew.
"""

import hashlib
import importlib.util
import marshal
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

Contents = Mapping[str, bytes]
"""What an archive holds, by the paths in it."""

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3

_NEVER_CHECKED: Final = (0b01).to_bytes(4, "little")
"""The flags of bytecode that is taken as it is, whatever the source's date."""

_WITHOUT_REFERENCES: Final = 2
"""The marshal format whose bytes do not depend on what else the process holds in memory."""


def write(path: Path, contents: Contents) -> str:
    """Write an archive; the SHA-256 of its bytes, in hex."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, contents[name], zipfile.ZIP_DEFLATED)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def with_bytecode(contents: Contents, *, under: str) -> dict[str, bytes]:
    """The same with the bytecode of every Python file; `under` is the folder where the cloud unpacks it."""
    compiled = {
        importlib.util.cache_from_source(name): code
        for name, source in contents.items()
        if name.endswith(".py") and (code := _bytecode(source, str(PurePosixPath(under) / name)))
    }
    return {**contents, **compiled}


def _bytecode(source: bytes, path: str) -> bytes | None:
    """A `.pyc`; None for a file that is a template or another version's and does not compile."""
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    head = importlib.util.MAGIC_NUMBER + _NEVER_CHECKED + importlib.util.source_hash(source)
    return head + marshal.dumps(code, _WITHOUT_REFERENCES)


def read(path: Path) -> dict[str, bytes]:
    """What an archive holds."""
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def unpacked_size(path: Path) -> int:
    """The bytes that an archive's files take."""
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())
