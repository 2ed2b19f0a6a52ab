"""`make grants`: hold what each function is granted to what its code asks for; a quick part of `make check`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.package.call_sites import Unclear
from tools.package.calls import Calls
from tools.package.functions import Function, functions
from tools.package.template_environment import environment_of
from tools.package.template_function import name_in_aws
from tools.package.template_grants import UnknownGrant, policy_of

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Print what does not fit; 0 when everything does."""
    code = Calls(ROOT)
    wrong = dict.fromkeys(line for function in functions() for line in differences(code, function))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def differences(code: Calls, function: Function) -> Iterator[str]:
    """What does not fit in one function, in words."""
    try:
        can, declared = code.of(function), set(function.grants)
        policy_of(function, name_in_aws(function, "prod"), uses_database=code.uses_database(function))
        environment_of(function, "prod")
    except (Unclear, UnknownGrant, ValueError) as reason:
        yield str(reason)
        return
    if missing := sorted(can - declared):
        yield f"{function.name}: its code asks for {', '.join(missing)}, which is not among its declared grants."
    if unused := sorted(declared - can):
        yield f"{function.name}: its code never asks for {', '.join(unused)}; take it from its declared grants."


if __name__ == "__main__":
    sys.exit(main())
