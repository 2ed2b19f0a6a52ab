"""How dear it is to import the app, as a ratio to the bare libraries that any such function needs.

`python -m tools.bench.import_time` runs them in turn, several times, in fresh processes, and prints CPU seconds, the
ratios of the medians, and the heaviest modules of the app's own import. There are two floors: the libraries merely
imported, and the libraries in their least use, since pydantic loads most of itself only with the first model.
"""

import os
import re
import resource
import statistics
import subprocess
import sys

IMPORTED = "import chalice, pydantic, psycopg, jwt"
IN_USE = f"""{IMPORTED}
class Least(pydantic.BaseModel):
    field: int
app = chalice.Chalice(app_name="least")
app.route("/")(lambda: None)
"""
APP = "import app"
ROUNDS = 9
HEAVIEST = 12

STAND_INS = {
    "CVD_STAGE": "prod",
    "DATABASE_URL": "postgresql://127.0.0.1/none",
    "CVD_USER_POOL_ID": "us-east-1_none",
    "CVD_USER_POOL_CLIENT_ID": "none",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
"""Settings that let the app be imported; nothing is connected to."""

_LINE = re.compile(r"import time:\s+(?P<own>\d+) \|\s+(?P<total>\d+) \| (?P<indent> *)(?P<module>\S+)")


def _cpu_seconds(statement: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True, env={**os.environ, **STAND_INS})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _heaviest() -> list[tuple[int, str]]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", APP],
        check=True,
        env={**os.environ, **STAND_INS},
        capture_output=True,
        text=True,
    )
    found = [_LINE.match(line) for line in done.stderr.splitlines()]
    own = [(int(match["own"]), match["module"]) for match in found if match]
    return sorted(own, reverse=True)[:HEAVIEST]


def main() -> None:
    """Print the figures."""
    rounds = [[_cpu_seconds(statement) for statement in (IMPORTED, IN_USE, APP)] for _ in range(ROUNDS)]
    imported, in_use, app = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"libraries imported  {imported:.3f} s CPU (median of {ROUNDS})")
    print(f"libraries in use    {in_use:.3f} s CPU")
    print(f"the whole app       {app:.3f} s CPU")
    print(f"ratio to imported   {app / imported:.2f}")
    print(f"ratio to in use     {app / in_use:.2f}")
    print("heaviest modules by their own time:")
    for microseconds, module in _heaviest():
        print(f"  {microseconds / 1000:7.1f} ms  {module}")


if __name__ == "__main__":
    main()
