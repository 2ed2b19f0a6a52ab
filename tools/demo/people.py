"""The demo users: one of each role and two more drivers, for the local stage only."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from tools.local.provision import Place

USERS = {
    "demoadmin": "admin",
    "demomanager": "manager",
    "demodriver": "driver",
    "demoviewer": "viewer",
    "demodriver2": "driver",
    "demodriver3": "driver",
}


class NotLocal(Exception):
    """Demo people and a demo fleet were asked for outside of the local stage."""


@dataclass(frozen=True)
class People:
    """Who can sign in, all with one password, which is drawn for each machine and never written in the code."""

    password: str

    @property
    def usernames(self) -> list[str]:
        return list(USERS)

    def __str__(self) -> str:
        lines = [f"  {username:<12} {role}" for username, role in USERS.items()]
        return "\n".join([f"Sign in with the password {self.password} as:", *lines])


def require_local(environment: Mapping[str, str]) -> None:
    """Refuse every stage but a laptop's and the tests'."""
    stage = environment.get("CVD_STAGE", "")
    if stage not in {"local", "test"}:
        raise NotLocal(f"Demo data is for the local stage only; this is the stage {stage or 'without a name'}.")


def ensure(environment: Mapping[str, str], *, password: str | None) -> People:
    """Make the demo users that are missing, in the pool and in the database; the others keep their password."""
    require_local(environment)
    people = People(password or f"Demo-{secrets.token_hex(4)}7")
    cognito: Any = Place(environment["AWS_ENDPOINT_URL"], environment["CVD_STAGE"]).client("cognito-idp")
    pool = environment["CVD_USER_POOL_ID"]
    with psycopg.connect(environment["MIGRATION_DATABASE_URL"]) as connection:
        for username, role in USERS.items():
            subject = _subject(cognito, pool, username) or _create(cognito, pool, username, role, people.password)
            connection.execute(
                """
                INSERT INTO users (username, email, identity_sub, role)
                VALUES (%(username)s, %(email)s, %(subject)s, %(role)s)
                ON CONFLICT (lower(username)) DO UPDATE SET identity_sub = EXCLUDED.identity_sub
                """,
                {"username": username, "email": _email(username), "subject": subject, "role": role},
            )
    return people


def _email(username: str) -> str:
    return f"{username}@cvd.example"


def _subject(cognito: Any, pool: str, username: str) -> str | None:
    try:
        user = cognito.admin_get_user(UserPoolId=pool, Username=username)
    except cognito.exceptions.UserNotFoundException:
        return None
    return _sub_of(user["UserAttributes"])


def _create(cognito: Any, pool: str, username: str, role: str, password: str) -> str:
    attributes = [{"Name": "email", "Value": _email(username)}, {"Name": "email_verified", "Value": "true"}]
    user = cognito.admin_create_user(
        UserPoolId=pool, Username=username, UserAttributes=attributes, MessageAction="SUPPRESS"
    )["User"]
    cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName=role)
    return _sub_of(user["Attributes"])


def _sub_of(attributes: list[dict[str, str]]) -> str:
    return next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub")
