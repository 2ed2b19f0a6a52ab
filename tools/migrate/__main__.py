"""`python -m tools.migrate plan|status|upgrade|verify|downgrade|new|snapshot|lint`, on MIGRATION_DATABASE_URL."""

import argparse
import sys
from collections.abc import Callable, Sequence

from chalicelib.kit.errors import BadRequest
from chalicelib.operations import migrations
from tools.migrate import lint, revision


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when something differs or is refused by the lint."""
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.run
    try:
        return command(asked)
    except (migrations.NoDatabase, migrations.MigrationRunning, BadRequest, revision.IncompleteRevision) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.migrate", description="Change and check the schema.")
    commands = parser.add_subparsers(required=True)
    commands.add_parser("plan", help="list what upgrade would do").set_defaults(run=_plan)
    commands.add_parser("status", help="tell where the database stands").set_defaults(run=_status)
    commands.add_parser("verify", help="compare the live schema with schema.sql").set_defaults(run=_verify)
    commands.add_parser("snapshot", help="write schema.sql from the live schema").set_defaults(run=_snapshot)
    commands.add_parser("lint", help="check the SQL of every revision with squawk").set_defaults(run=_lint)
    upgrade = commands.add_parser("upgrade", help="apply pending revisions")
    upgrade.add_argument("revision", nargs="?", default=migrations.HEAD)
    upgrade.set_defaults(run=_upgrade)
    downgrade = commands.add_parser("downgrade", help="take revisions back")
    downgrade.add_argument("revision", help="where to stop; base takes back all")
    downgrade.set_defaults(run=_downgrade)
    new = commands.add_parser("new", help="begin a revision")
    new.add_argument("title", help="a few words, such as: Add a colour to routes")
    new.add_argument("--purpose", required=True, help="why the change is made")
    new.add_argument("--impact", required=True, help="locks, rewrites, how long it takes on a full database")
    new.add_argument("--way-back", required=True, help="what downgrade does, and what it cannot bring back")
    new.set_defaults(run=_new)
    return parser


def _plan(_asked: argparse.Namespace) -> int:
    steps = migrations.plan()
    for step in steps:
        print(f"{step.revision} {step.title}\n{step.description}\n")
    print(f"{len(steps)} pending")
    return 0


def _status(_asked: argparse.Namespace) -> int:
    found = migrations.status()
    print(f"current {found.current or 'none'}, head {found.head}, pending {found.pending}")
    return 0


def _upgrade(asked: argparse.Namespace) -> int:
    return _told("applied", migrations.upgrade(revision=asked.revision))


def _downgrade(asked: argparse.Namespace) -> int:
    return _told("undone", migrations.downgrade(revision=asked.revision))


def _told(verb: str, steps: Sequence[migrations.Applied]) -> int:
    for step in steps:
        print(f"{verb} {step.revision} {step.title} in {step.seconds:.3f} s")
    print(f"{len(steps)} {verb}")
    return 0


def _verify(_asked: argparse.Namespace) -> int:
    differences = migrations.verify()
    print("\n".join(differences) or "The schema is as it should be.")
    return 1 if differences else 0


def _snapshot(_asked: argparse.Namespace) -> int:
    migrations.SNAPSHOT.write_text(migrations.snapshot())
    print(f"Wrote {migrations.SNAPSHOT.name}.")
    return 0


def _lint(_asked: argparse.Namespace) -> int:
    return lint.run()


def _new(asked: argparse.Namespace) -> int:
    path = revision.begin(asked.title, purpose=asked.purpose, impact=asked.impact, way_back=asked.way_back)
    print(f"Write its SQL in {path}, then run snapshot and lint.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
