"""`python -m tools.frontend build [--check]`: the made files of `frontend/`; `serve`: a frontend beside the API."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from chalicelib import registry
from chalicelib.kit.endpoint import declared
from chalicelib.kit.settings import Settings
from chalicelib.operations.openapi import document
from tools.frontend import serve
from tools.frontend.bundle import plain_script
from tools.frontend.types import typedefs

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "frontend"


def made() -> Mapping[Path, str]:
    """Every made file with what it has to hold."""
    assert registry.BLUEPRINTS  # noqa: S101 - importing the registry is what declares the routes
    described = document(declared(), str(Settings.model_fields["version"].default))
    return {FOLDER / "types.mjs": typedefs(described) + "\n", FOLDER / "api.js": plain_script(FOLDER / "api.mjs")}


def _build(*, only_check: bool) -> None:
    files = made()
    stale = [file.name for file, text in files.items() if not file.exists() or file.read_text() != text]
    if only_check and stale:
        sys.exit(f"{', '.join(stale)} of frontend/ not current: run `make openapi` and commit it with the change.")
    for file, text in files.items():
        file.write_text(text)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.frontend", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="write api.js and types.mjs anew")
    build.add_argument("--check", action="store_true", help="fail when they are not current")
    serving = commands.add_parser("serve", help="serve a frontend and the API on one origin")
    serving.add_argument("--folder", type=Path, default=FOLDER, help="its files; ours stand in for missing ones")
    serving.add_argument("--api", default="http://127.0.0.1:8000", help="where the API is")
    serving.add_argument("--port", type=int, default=8080)
    given = parser.parse_args()
    if given.command == "build":
        _build(only_check=given.check)
    else:
        serve.run([given.folder, FOLDER], given.api, given.port)


if __name__ == "__main__":
    main()
