"""`make trace`: write docs/spec/trace.md anew, and fail where something of the specification has no test.

With `--check` nothing is written and no test is run: the marks are collected and compared with the file.
"""

import argparse
import sys

from tools.trace import proofs, spec, table


def main() -> None:
    """Write or check the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.trace", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the table is not current")
    is_check = parser.parse_args().check
    parts = spec.parts()
    marks, tests = proofs.marked()
    found = {
        **marks,
        **proofs.of_quirks(tests),
        **(table.written(parts[0]) if is_check else proofs.recorded()),
    }
    if strange := spec.strangers(parts, found):
        sys.exit(f"Tests are marked with what the specification does not have: {', '.join(strange)}")
    text = table.text(parts, found)
    if not is_check:
        table.TARGET.write_text(text)
    elif table.TARGET.read_text() != text:
        sys.exit(f"{table.TARGET.name} is not current: run `make trace` and commit it with the change.")
    _report(parts, found)


def _report(parts: tuple[spec.Part, ...], found: proofs.Proofs) -> None:
    missing = [(part, item) for part in parts for item in table.gaps(part, found)]
    for part in parts:
        print(f"{part.title}: {len(part.items)}, without a test: {sum(gap is part for gap, _ in missing)}")
    for _, item in missing:
        print(f"  {item.number}: {item.text}")
    if missing:
        sys.exit("Some of the specification has no test.")


if __name__ == "__main__":
    main()
