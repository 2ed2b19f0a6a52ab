"""Access tokens of a pool of our own: what a request pays for them is the same, and no Cognito has to run."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import rsa

POOL = "us-east-1_bench"
CLIENT = "bench"
KEY_ID = "bench"
HOURS = 12


@dataclass(frozen=True)
class Pool:
    """A key, and the address at which its public half is published."""

    key: rsa.RSAPrivateKey
    address: str

    @property
    def environment(self) -> dict[str, str]:
        """Where the application finds the pool."""
        return {"CVD_USER_POOL_ID": POOL, "CVD_USER_POOL_CLIENT_ID": CLIENT, "CVD_JWKS_URL": self.address}

    def sign_in(self, url: str, username: str) -> str:
        """Begin a session of a user of the database at `url`; the token of it."""
        family = f"bench-{username}-{time.time_ns()}"
        with psycopg.connect(url) as connection:
            row = connection.execute(
                """
                INSERT INTO sessions (token_family, user_id, expires_at, absolute_expires_at)
                SELECT %(family)s, id, now() + interval '8 hours', now() + interval '24 hours'
                  FROM users
                 WHERE username = %(username)s
                RETURNING (SELECT identity_sub FROM users WHERE users.id = user_id)
                """,
                {"family": family, "username": username},
            ).fetchone()
        if row is None:
            raise LookupError(f"There is no user {username} in the database.")
        now = int(time.time())
        claims = {
            "sub": row[0],
            "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{POOL}",
            "client_id": CLIENT,
            "token_use": "access",
            "origin_jti": family,
            "username": username,
            "iat": now,
            "exp": now + HOURS * 3600,
        }
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})


@contextmanager
def pool() -> Iterator[Pool]:
    """Make a key and publish it on this machine."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    published = json.dumps({"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}).encode()

    class Keys(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(published)))
            self.end_headers()
            self.wfile.write(published)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Pool(key, f"http://127.0.0.1:{server.server_port}/keys")
    finally:
        server.shutdown()
        server.server_close()
