from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def dex_reads_dir(real_data: Path) -> Path:
    folder = real_data / "dex"
    if not folder.is_dir():
        pytest.skip("the real reads are not in the folder that CVD_REAL_DATA names")
    return folder
