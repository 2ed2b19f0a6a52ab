"""Run a piece of scheduled work by hand: `python -m tools.jobs audit-seal`."""

import argparse
import json

from chalicelib.kit import job
from chalicelib.registry import JOBS


def main() -> None:
    """Run the named job and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m tools.jobs", description=__doc__)
    parser.add_argument("job", choices=sorted(JOBS))
    print(json.dumps(job.run(JOBS[parser.parse_args().job]), indent=2, default=str))


if __name__ == "__main__":
    main()
