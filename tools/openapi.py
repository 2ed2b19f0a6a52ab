"""`make openapi`: write the description of the API to docs/openapi.json; needs no database and no settings."""

import json
from pathlib import Path

from chalicelib import registry
from chalicelib.kit.endpoint import declared
from chalicelib.kit.settings import Settings
from chalicelib.operations.openapi import document

TARGET = Path(__file__).parents[1] / "docs" / "openapi.json"


def main() -> None:
    """Write the description of every route of every registered feature."""
    version = str(Settings.model_fields["version"].default)
    TARGET.write_text(json.dumps(document(declared(), version), indent=2, ensure_ascii=False) + "\n")
    print(f"{TARGET.name}: {len(declared())} routes of {len(registry.BLUEPRINTS)} blueprints")


if __name__ == "__main__":
    main()
