"""Run a piece of scheduled work by hand: `python -m tools.jobs audit-seal`."""

import argparse
import json

from chalicelib.operations import jobs


def main() -> None:
    """Run the named job and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m tools.jobs", description=__doc__)
    parser.add_argument("job", choices=sorted(jobs.JOBS))
    print(json.dumps(jobs.run(parser.parse_args().job), indent=2))


if __name__ == "__main__":
    main()
