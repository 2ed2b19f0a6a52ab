"""What the user pool is told after the database has decided.

Who may sign in and whose sessions live is decided by the database on each request, so that nothing here decides
anything: it takes the pool's refresh tokens away as well. A pool that cannot be reached is logged and does not undo
what was done.
"""

from collections.abc import Callable

from chalicelib.identity.cognito import PoolRefused
from chalicelib.identity.queries.accounts import User
from chalicelib.kit import logs
from chalicelib.kit.errors import Refusal


def tell_pool(tell: Callable[[str], None], user: User) -> None:
    """Tell the pool about a user whom it knows."""
    if user.identity_sub is None:
        return
    try:
        tell(user.username)
    except (Refusal, PoolRefused) as error:
        logs.logger().warning("the user pool was not told", about=tell.__name__, user_id=user.id, cause=str(error))
