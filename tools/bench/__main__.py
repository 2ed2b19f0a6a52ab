"""`python -m tools.bench [small|medium|large ...] [--only words]`: measure the console's mix, print the table."""

import argparse
import logging
import os
from collections.abc import Mapping, Sequence

from tools.bench import measure, report, serving, store, tokens
from tools.bench.asking import in_process
from tools.bench.fill import SIZES, Size
from tools.bench.measure import LANES
from tools.bench.mix import CASES, Case, Lane
from tools.bench.recording import Recorder
from tools.bench.report import Result
from tools.local.postgres import APP_ROLE, Postgres


def main() -> None:
    """Measure, and print a markdown table."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="size", help="of small, medium, large; all of them if none is named")
    parser.add_argument("--only", default="", help="only the endpoints whose name holds these words")
    asked = parser.parse_args()
    cases = [case for case in CASES if asked.only in case.name]
    with store.server() as server:
        for name in asked.sizes or SIZES:
            report.keep(name, _measured(server, SIZES[name], cases))
    print(report.table(report.kept()))


def _measured(server: Postgres, size: Size, cases: Sequence[Case]) -> dict[str, Result]:
    with store.copy(server, size) as database, tokens.pool() as pool:
        owner = server.url(database)
        environment = {
            "CVD_STAGE": "test",
            "DATABASE_URL": server.url(database, user=APP_ROLE),
            **pool.environment,
        }
        given = [pool.sign_in(owner, "benchadmin1") for _ in range(LANES)]
        with serving.workers(environment) as ports:
            results = {}
            for case, alone in _alone(size, cases, given[0], environment):
                together = measure.together(case, size, given, ports)
                results[case.name] = Result(alone, together)
                print(_told(size, case, results[case.name]), flush=True)
    return results


def _alone(size, cases, token, environment):
    os.environ.update(environment)
    with Recorder() as recorder:
        from app import app
        from chalicelib.kit import db
        from chalicelib.kit.settings import settings

        settings.cache_clear()
        db.close_all()
        logging.getLogger("cvd.kit").setLevel(logging.CRITICAL)
        lane = Lane(0, size, token, in_process(app))
        for case in cases:
            yield case, measure.alone(case, lane, recorder, environment["DATABASE_URL"])
        db.close_all()


def _told(size: Size, case: Case, result: Result) -> str:
    alone, together = result.alone, result.together
    return (
        f"{size.name:<7}{case.name:<34} p50 {alone.p50:7.1f}  p95 {alone.p95:7.1f}  {alone.statements:3} statements "
        f"{alone.size:9,} bytes  bare {alone.bare:7.1f}  ratio {alone.ratio:5.2f}  "
        f"http p50 {together.p50:7.1f} p95 {together.p95:7.1f} {together.rate:6.0f}/s failed {together.failed}"
    )


if __name__ == "__main__":
    main()
