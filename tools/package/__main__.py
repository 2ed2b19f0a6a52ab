"""`make package STAGE=dev|prod`: build everything that is deployed into build/<stage>/."""

import argparse
import platform
import sys
from pathlib import Path
from typing import get_args

from tools.package.build import Build, TooLarge, build
from tools.package.chalice_app import ChaliceRefused
from tools.package.installing import Architecture, NotInstalled

ROOT = Path(__file__).parents[2]
MEBIBYTE = 1024 * 1024


def main() -> int:
    """Build a stage and tell what came out."""
    parser = argparse.ArgumentParser(prog="python -m tools.package", description=__doc__)
    parser.add_argument("--stage", choices=["dev", "prod"], required=True)
    parser.add_argument("--architecture", choices=get_args(Architecture), default="x86_64")
    arguments = parser.parse_args()
    if platform.python_version_tuple()[:2] != ("3", "11"):
        sys.exit("The bytecode in the archives has to be Python 3.11's: run this with Python 3.11.")
    target = ROOT / "build" / arguments.stage
    try:
        made = build(ROOT, arguments.stage, target, arguments.architecture)
    except (ChaliceRefused, NotInstalled, TooLarge) as reason:
        print(reason, file=sys.stderr)
        return 1
    print(told(made))
    return 0


def told(made: Build) -> str:
    """The sizes, in words."""
    sizes = sorted(code.packed for code in made.functions.values())
    unpacked = sorted(code.unpacked for code in made.functions.values())
    lines = [
        f"{len(sizes)} functions, {sum(sizes) / MEBIBYTE:.1f} MiB of code in all",
        f"  packed    {sizes[0] // 1024} to {sizes[-1] // 1024} KiB, median {sizes[len(sizes) // 2] // 1024} KiB",
        f"  unpacked  {unpacked[0] // 1024} to {unpacked[-1] // 1024} KiB",
        "layers (packed, unpacked)",
        *(
            f"  {name:12} {layer.packed / MEBIBYTE:5.1f} MiB {layer.unpacked / MEBIBYTE:6.1f} MiB"
            for name, layer in made.layers.items()
        ),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
