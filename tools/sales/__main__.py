"""Look into the archive of sales, and bring a month back: `python -m tools.sales restore --month 2024-01`.

To put months away is the job `sales-archive`: `python -m tools.jobs sales-archive`.
"""

import argparse
import json
import sys
from datetime import date

from chalicelib.kit import job
from chalicelib.kit.errors import Refusal
from chalicelib.sales.service import archive


def main() -> int:
    """Run the command; 2 when it is refused."""
    parser = argparse.ArgumentParser(prog="python -m tools.sales", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("archive", help="list the files of the archive")
    restore = commands.add_parser("restore", help="bring a month back for 30 days, and prove its sums")
    restore.add_argument(
        "--month", required=True, type=lambda text: date.fromisoformat(f"{text}-01"), metavar="2024-01"
    )
    asked = parser.parse_args()
    try:
        print(
            json.dumps(_listed() if asked.command == "archive" else job.run(archive.restoring(asked.month)), indent=2)
        )
    except Refusal as refusal:
        print(refusal.sentence, json.dumps(refusal.details), file=sys.stderr)
        return 2
    return 0


def _listed() -> list[dict[str, object]]:
    return [
        {
            "month": f"{part.month:%Y-%m}",
            "file": part.file_key,
            "sha256": part.sha256.hex(),
            "sales": part.sales,
            "units": part.units,
            "revenueCents": part.revenue_cents,
            "archivedAt": part.archived_at.isoformat(),
            "restoredAt": part.restored_at.isoformat() if part.restored_at else None,
        }
        for part in archive.parts()
    ]


if __name__ == "__main__":
    sys.exit(main())
