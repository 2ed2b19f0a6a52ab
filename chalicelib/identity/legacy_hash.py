"""Password hashes of the legacy application, in werkzeug's two formats; they are only ever checked, never made.

`scrypt:N:r:p$salt$hex` and `pbkdf2:digest:iterations$salt$hex`, with the salt as text.
"""

import hashlib
import hmac

_MOST_MEMORY = 256 * 1024 * 1024
_MOST_ITERATIONS = 5_000_000
_DIGESTS = ("sha256", "sha512", "sha1")


def is_right(password: str, stored: str) -> bool:
    """Whether `password` is the one that `stored` was made from; compared in constant time.

    A hash of an unknown kind, or one that would cost more than any real one, fits no password.
    """
    method, _, rest = stored.partition("$")
    salt, _, expected = rest.partition("$")
    if not (salt and expected):
        return False
    try:
        derived = _derived(method.split(":"), password.encode(), salt.encode())
    except ValueError:
        return False
    return derived is not None and hmac.compare_digest(derived.hex(), expected.lower())


def _derived(method: list[str], password: bytes, salt: bytes) -> bytes | None:
    match method:
        case ["scrypt", cost, block, parallel]:
            n, r, p = int(cost), int(block), int(parallel)
            memory = 130 * n * r * p
            if not 0 < memory <= _MOST_MEMORY:
                return None
            return hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=memory)
        case ["pbkdf2", digest, iterations] if digest in _DIGESTS:
            rounds = int(iterations)
            return hashlib.pbkdf2_hmac(digest, password, salt, rounds) if 0 < rounds <= _MOST_ITERATIONS else None
    return None
