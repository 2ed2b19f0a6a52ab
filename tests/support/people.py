"""Signed-in users: made once in the local cloud's pool, and written into each test's database when a test asks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from chalicelib.kit.principal import IDLE
from tests.support.client import Client
from tools.local.provision import ROLES, Place

PASSWORD = "Correct4Horse"
LONGEST_SESSION = timedelta(hours=24)


@dataclass(frozen=True)
class Person:
    """A user of the pool, and the access token of one sign-in."""

    username: str
    role: str
    subject: str
    token: str

    @property
    def email(self) -> str:
        return f"{self.username}@cvd.example"

    @property
    def token_family(self) -> str:
        return str(jwt.decode(self.token, options={"verify_signature": False})["origin_jti"])


@dataclass(frozen=True)
class Pool:
    """The local cloud's user pool."""

    place: Place
    environment: dict[str, str]

    def everybody(self) -> dict[str, Person]:
        """Make one user of each role."""
        return {role: self.join(f"{role}user", role) for role in ROLES}

    def join(self, username: str, role: str) -> Person:
        """Make a user with the common password and sign in once."""
        cognito, pool = self.place.client("cognito-idp"), self.environment["CVD_USER_POOL_ID"]
        in_pool = username.lower()  # As the application names its users in the pool.
        attributes = [
            {"Name": "email", "Value": f"{username}@cvd.example"},
            {"Name": "email_verified", "Value": "true"},
        ]
        user = cognito.admin_create_user(
            UserPoolId=pool, Username=in_pool, UserAttributes=attributes, MessageAction="SUPPRESS"
        )["User"]
        cognito.admin_set_user_password(UserPoolId=pool, Username=in_pool, Password=PASSWORD, Permanent=True)
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=in_pool, GroupName=role)
        tokens = cognito.admin_initiate_auth(
            UserPoolId=pool,
            ClientId=self.environment["CVD_USER_POOL_CLIENT_ID"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": in_pool, "PASSWORD": PASSWORD},
        )["AuthenticationResult"]
        subject = next(attribute["Value"] for attribute in user["Attributes"] if attribute["Name"] == "sub")
        return Person(username, role, subject, tokens["AccessToken"])


class SignedIn(Client):
    """A client with a user's token. The session begins with the first request, by the clock of that moment."""

    def __init__(self, gateway: Any, db: Connection, person: Person) -> None:
        super().__init__(gateway, sign_in=self._token)
        self.person = person
        self.username, self.role, self.email, self.password = person.username, person.role, person.email, PASSWORD
        self._db = db
        self._has_session = False
        self.user_id: int = db.value(
            """
            INSERT INTO users (username, email, identity_sub, role)
            VALUES (%(username)s, %(email)s, %(subject)s, %(role)s)
            RETURNING id
            """,
            username=person.username,
            email=person.email,
            subject=person.subject,
            role=person.role,
        )

    @property
    def session_id(self) -> str:
        """Return the id of the session, which begins now if no request has begun it."""
        self._token()
        found: str = self._db.value(
            "SELECT id::text FROM sessions WHERE token_family = %(family)s", family=self.person.token_family
        )
        return found

    def renew(self) -> None:
        """Begin the session anew, as by signing in at this moment; for tests that move the clock far."""
        self._db.execute("DELETE FROM sessions WHERE token_family = %(family)s", family=self.person.token_family)
        self._has_session = False

    @property
    def token(self) -> str:
        """The access token; the session begins now if no request has begun it."""
        return self._token()

    def _token(self) -> str:
        if not self._has_session:
            now = clock.now()
            self._db.execute(
                """
                INSERT INTO sessions (token_family, user_id, created_at, last_activity_at, expires_at,
                                      absolute_expires_at, ip_address, user_agent, device_type)
                VALUES (%(family)s, %(user_id)s, %(now)s, %(now)s, %(idle_until)s, %(until)s,
                        '198.51.100.7', 'tests', 'desktop')
                """,
                family=self.person.token_family,
                user_id=self.user_id,
                now=now,
                idle_until=now + IDLE,
                until=now + LONGEST_SESSION,
            )
            self._has_session = True
        return self.person.token
