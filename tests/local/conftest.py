"""A folder for servers of a test's own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short-lived folder with a short path, outside of pytest's own, into which `nobody` must not be let."""
    path = Path(tempfile.mkdtemp(prefix="cvd-local-"))
    yield path
    shutil.rmtree(path)
