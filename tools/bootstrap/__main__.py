"""`python -m tools.bootstrap`: make the protected first admin from the secret that CVD_BOOTSTRAP_SECRET names.

May be repeated; the password is neither printed nor stored outside of the user pool, and has to be changed at once.
"""

import sys

from chalicelib.identity.service.bootstrap import bootstrap_admin, first_admin
from chalicelib.kit.errors import Refusal


def main() -> int:
    """Run it; 0 when there is a first admin now."""
    try:
        first = first_admin()
        outcome = bootstrap_admin(first)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    print(f"The first admin {first.username}: {outcome}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
