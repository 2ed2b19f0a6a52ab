"""`make openapi`: write the description of the API to docs/openapi.json; `--check` tells whether it is current.

Needs no database and no settings.
"""

import argparse
import json
import sys
from pathlib import Path

from chalicelib import registry
from chalicelib.kit.endpoint import declared
from chalicelib.kit.settings import Settings
from chalicelib.operations.openapi import document

TARGET = Path(__file__).parents[1] / "docs" / "openapi.json"


def main() -> None:
    """Write the description of every route of every registered feature, or compare it with the file."""
    parser = argparse.ArgumentParser(prog="python -m tools.openapi", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the file is not current")
    version = str(Settings.model_fields["version"].default)
    text = json.dumps(document(declared(), version), indent=2, ensure_ascii=False) + "\n"
    if not parser.parse_args().check:
        TARGET.write_text(text)
        print(f"{TARGET.name}: {len(declared())} routes of {len(registry.BLUEPRINTS)} blueprints")
    elif not TARGET.exists() or TARGET.read_text() != text:
        sys.exit(f"{TARGET.name} is not current: run `make openapi` and commit it with the change.")


if __name__ == "__main__":
    main()
