"""`python -m tools.events`: write the catalogue of events to docs/events; `--check` tells whether it is current.

Both refuse a change that breaks receivers: against the files as they were last committed, or as they are at another
commit (`--against`). Such a change needs a new version of the event in `partners/rules/catalogue.py`.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from chalicelib.partners.rules.catalogue import CATALOGUE
from chalicelib.partners.service import describing
from tools.events.breaking import breaks

FOLDER: Final = Path(__file__).parents[2] / "docs" / "events"
LIST: Final = "catalogue.json"

Files = dict[str, str]


def files() -> Files:
    """Return the files of the catalogue as they should be, by name: one for each event, and the list of all."""
    schemas = {_name_of(event.name, event.version): describing.schema(event) for event in CATALOGUE}
    listed = {
        "digest": describing.digest({event.name: describing.schema(event) for event in CATALOGUE}),
        "events": [
            {"name": event.name, "version": event.version, "adminsOnly": event.admins_only, "scope": event.scope}
            for event in sorted(CATALOGUE, key=lambda event: event.name)
        ],
    }
    return {name: _text(content) for name, content in sorted({**schemas, LIST: listed}.items())}


def _name_of(event: str, version: int) -> str:
    return f"{event}.v{version}.json"


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def problems(old: Files, new: Files) -> list[str]:
    """Return what in the new files breaks receivers of the old ones."""
    found = []
    versions = {name.rpartition(".v")[0] for name in new if name != LIST}
    for name, text in old.items():
        if name == LIST:
            continue
        event = name.rpartition(".v")[0]
        if name in new:
            found += [f"{name}: {told}" for told in breaks(json.loads(text), json.loads(new[name]))]
        elif event not in versions:
            found.append(f"{name}: the event is gone")
    return found


def committed(commit: str) -> Files:
    """Return the files as they are at a commit; as they lie here, where there is no git to ask."""
    listed = _git("ls-tree", "-r", "--name-only", commit, "--", "docs/events")
    if listed is None:
        return present()
    paths = [path for path in listed.split() if path.endswith(".json")]
    return {Path(path).name: _git("show", f"{commit}:{path}") or "{}" for path in paths}


def _git(*arguments: str) -> str | None:
    root = FOLDER.parents[1]
    try:
        asked = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return asked.stdout if asked.returncode == 0 else None


def present() -> Files:
    """Return the files as they lie here."""
    return {path.name: path.read_text() for path in sorted(FOLDER.glob("*.json"))}


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(prog="python -m tools.events", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the files are not current")
    parser.add_argument("--against", default="HEAD", help="the commit whose receivers must not break")
    asked = parser.parse_args()
    wanted = files()
    if broken := problems(committed(asked.against), wanted):
        sys.exit("This breaks receivers; give the event a new version:\n  " + "\n  ".join(broken))
    if asked.check:
        if present() != wanted:
            sys.exit("docs/events is not current: run `make events` and commit it with the change.")
        return
    FOLDER.mkdir(exist_ok=True)
    for name in present().keys() - wanted.keys():
        (FOLDER / name).unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text)
    print(f"docs/events: {len(CATALOGUE)} events")


if __name__ == "__main__":
    main()
