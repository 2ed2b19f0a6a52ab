"""Installing what a layer holds, as another machine wants it: by uv where there is one, else by pip, from wheels alone.

Both are given the same pinned and hashed requirements and take the same wheels.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

PYTHON: Final = "3.11"

Architecture = Literal["x86_64", "arm64"]

_MACHINES: Final[Mapping[Architecture, str]] = {"x86_64": "x86_64", "arm64": "aarch64"}
"""What wheels call them."""

_GLIBC: Final = range(17, 4, -1)
"""The minor versions of glibc 2 that wheels may be built for: Lambda's Python 3.11 stands on Amazon Linux 2, with 2.26,
and what is built for manylinux2014, which is 2.17, runs there and on most laptops."""

Installer = Callable[[Path, Path, Architecture], None]
"""Installs a file of requirements into a folder."""


class NotInstalled(RuntimeError):
    """Something cannot be had for that machine; the installer has said what."""


def install(requirements: str, folder: Path, architecture: Architecture, by: Installer | None = None) -> None:
    """Install compiled requirements into a folder, by what is there or by the one that is named.

    Raises `NotInstalled`.
    """
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place) / "wanted.txt"
        wanted.write_text(requirements)
        try:
            (by or installer())(wanted, folder, architecture)
        except subprocess.CalledProcessError as error:
            raise NotInstalled(f"A layer for {architecture} cannot be installed; the reason stands above.") from error


def installer() -> Installer:
    """The one that this machine has: uv takes seconds where pip takes a minute."""
    return by_uv if _uv() else by_pip


def by_uv(wanted: Path, folder: Path, architecture: Architecture) -> None:
    """Install by uv. Raises `CalledProcessError`."""
    platform = ["--python-platform", f"{_MACHINES[architecture]}-manylinux2014", "--python-version", PYTHON]
    # As for the virtual environment: uv is to trust what the machine trusts.
    trusting = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    command = [str(_uv()), "pip", "install", "--link-mode", "copy", *platform, *_both(wanted, folder)]
    subprocess.run(command, check=True, env=trusting)


def by_pip(wanted: Path, folder: Path, architecture: Architecture) -> None:
    """Install by pip. Raises `CalledProcessError`."""
    machine = _MACHINES[architecture]
    names = ["manylinux2014", *(f"manylinux_2_{minor}" for minor in _GLIBC), "linux"]
    platforms = [part for name in names for part in ("--platform", f"{name}_{machine}")]
    asked = ["--implementation", "cp", "--python-version", PYTHON, "--no-compile", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", "--no-input", *asked, *platforms, *_both(wanted, folder)]
    subprocess.run(command, check=True)


def _both(wanted: Path, folder: Path) -> list[str]:
    hashed = ["--only-binary", ":all:", "--require-hashes", "--no-deps", "-r", str(wanted)]
    return ["--quiet", "--target", str(folder), *hashed]


def _uv() -> str | None:
    """Where uv is: beside this Python, or on the path."""
    return shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
