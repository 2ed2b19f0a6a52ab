"""`make promises`: take today's description into docs/promises.json; a change that breaks callers is refused.

`--check` tells whether what was promised is kept and written down. A break needs a new version of the API: raise the
first number of `CVD_VERSION`'s default (the second while the first is 0), then `--renew`.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tools.promises.breaking import broken
from tools.promises.shape import promises

DOCS = Path(__file__).parents[2] / "docs"
KEPT = DOCS / "promises.json"
DESCRIBED = DOCS / "openapi.json"


def main() -> int:
    """Write the promises, or hold today's description against them; 0 when nothing is broken."""
    parser = argparse.ArgumentParser(prog="python -m tools.promises", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when something is broken or not written down")
    parser.add_argument("--renew", action="store_true", help="begin anew with a new version")
    asked = parser.parse_args()
    described = json.loads(DESCRIBED.read_text())
    now = {"version": described["info"]["version"], "promises": promises(described)}
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else now
    is_new_era = asked.renew and _era(kept["version"]) != _era(now["version"])
    if not is_new_era and (found := broken(kept["promises"], now["promises"])):
        print("This breaks callers of the API; keep it as it was, or raise its version:", *found, sep="\n  ")
        return 1
    text = json.dumps(now, indent=1, ensure_ascii=False) + "\n"
    if asked.check:
        return _told(is_current=KEPT.exists() and KEPT.read_text() == text)
    KEPT.write_text(text)
    return 0


def _told(*, is_current: bool) -> int:
    if not is_current:
        print(f"{KEPT.name} is not current: run `make openapi` and commit it with the change.")
    return 0 if is_current else 1


def _era(version: Any) -> list[str]:  # Any: JSON
    """The part of a version in which nothing may break."""
    numbers = str(version).split(".")
    return numbers[:2] if numbers[0] == "0" else numbers[:1]


if __name__ == "__main__":
    sys.exit(main())
