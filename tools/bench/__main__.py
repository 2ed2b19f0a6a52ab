"""`python -m tools.bench [small|medium|large ...] [--only words] [--write]`: measure the console's mix."""

import argparse
import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from chalicelib.kit import db, logs
from chalicelib.kit.settings import settings
from tools.bench import measure, report, serving, store, tokens
from tools.bench.asking import Asking, in_process
from tools.bench.fill import SIZES, Size
from tools.bench.measure import LANES
from tools.bench.mix import CASES, Case, Lane
from tools.bench.recording import Recorder
from tools.bench.report import Result
from tools.local import processes, stage
from tools.local.postgres import APP_ROLE, Postgres


def main() -> None:
    """Measure, and print a markdown table."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="size", help="small, medium or large; without any, all")
    parser.add_argument("--only", default="", help="only the endpoints whose name holds these words")
    parser.add_argument("--alone", action="store_true", help="leave out the measurement over HTTP")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = parser.parse_args()
    cases = [case for case in CASES if asked.only in case.name]
    with processes.only_one(stage.folder() / "bench"), store.server() as server:
        for name in asked.sizes or SIZES:
            report.keep(name, _measured(server, SIZES[name], cases, over_http=not asked.alone))
    text = report.table(report.kept())
    print(text)
    if asked.write:
        report.write(text)


def _measured(server: Postgres, size: Size, cases: Sequence[Case], *, over_http: bool) -> dict[str, Result]:
    with store.copy(server, size) as database, tokens.pool() as pool:
        environment = {
            "CVD_STAGE": "test",
            "DATABASE_URL": server.url(database, user=APP_ROLE),
            **pool.environment,
        }
        given = [pool.sign_in(server.url(database), "benchadmin1") for _ in range(LANES)]
        with Recorder() as recorder, serving.workers(environment) as ports:
            lane = Lane(0, size, given[0], _app(environment))
            results = {}
            for case in cases:
                alone = measure.alone(case, lane, recorder, environment["DATABASE_URL"])
                together = measure.together(case, size, given, ports) if over_http else None
                results[case.name] = Result(alone, together)
                print(_told(size, case, results[case.name]), flush=True)
            db.close_all()
    return results


def _app(environment: Mapping[str, str]) -> Asking:
    """The app in this process on another environment; its log lines are made and thrown away."""
    os.environ.update(environment)
    settings.cache_clear()
    db.close_all()
    with contextlib.redirect_stdout(Path(os.devnull).open("w")):
        logs.logger()
        from app import app  # It reads the settings, which only now point somewhere.
    return in_process(app)


def _told(size: Size, case: Case, result: Result) -> str:
    alone, together = result.alone, result.together
    over_http = (
        f"http p50 {together.p50:7.1f} p95 {together.p95:7.1f} {together.rate:6.0f}/s failed {together.failed}"
        if together
        else ""
    )
    return (
        f"{size.name:<7}{case.name:<34} p50 {alone.p50:7.1f}  p95 {alone.p95:7.1f}  {alone.statements:3} statements "
        f"{alone.size:9,} bytes  bare {alone.bare:7.1f}  ratio {alone.ratio:5.2f}  {over_http}"
    )


if __name__ == "__main__":
    main()
