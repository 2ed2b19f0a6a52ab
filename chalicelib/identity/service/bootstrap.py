"""The first admin: made from a secret at the first deploy, never from a password in the code (domain.md 12.1)."""

import json
import uuid
from typing import Literal

from pydantic import SecretStr

from chalicelib.identity import cognito, rules
from chalicelib.identity.events import UserCreated
from chalicelib.identity.queries import accounts, changes
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.service.passwords import check_rules
from chalicelib.kit import aws, clock
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, Conflict
from chalicelib.kit.models import Model, Text
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.settings import settings

Outcome = Literal["created", "protected", "there already"]


class FirstAdmin(Model):
    """What the secret holds."""

    username: Text
    email: Text
    password: SecretStr


def first_admin() -> FirstAdmin:
    """The first admin as the Secrets Manager secret of this stage has them."""
    name = settings().bootstrap_secret
    if name is None:
        raise BadRequest("CVD_BOOTSTRAP_SECRET names no secret: there is nothing to make the first admin from.")
    stored = aws.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    return FirstAdmin.model_validate(json.loads(stored))


def bootstrap_admin(first: FirstAdmin) -> Outcome:
    """Make the protected first admin, who has to change the password at once; may be repeated.

    Where an active admin of that name came with an import, that one becomes the protected one, with their own
    password. Raises `Conflict` when the name belongs to somebody else.
    """
    call = _own_call()
    with call.transaction() as db:
        if accounts.has_protected(db):
            return "there already"
        known = accounts.by_login(db, first.username)
        if known is not None:
            _protect(call, known)
            return "protected"
    _create(call, first)
    return "created"


def _protect(call: Call, user: User) -> None:
    if user.role != ADMIN or not user.is_active:
        raise Conflict(f"The name {user.username} belongs to a user who is no active admin.")
    changes.protect(call.db, user.id)


def _create(call: Call, first: FirstAdmin) -> None:
    password = first.password.get_secret_value()
    if not (rules.is_username(first.username) and rules.is_email(first.email)):
        raise BadRequest("The secret holds no usable username or e-mail address.")
    check_rules(password, username=first.username, email=first.email)
    subject = cognito.ensure_user(first.username, first.email)
    if cognito.check_password(first.username, password) is None:
        cognito.set_password(first.username, password)
    with call.transaction() as db:
        user_id = accounts.insert(
            db,
            username=first.username,
            email=first.email,
            role=ADMIN,
            identity_sub=subject,
            is_active=True,
            is_protected=True,
            must_change_password=True,
            now=call.now,
        )
        system = Actor(None, "system", None, None, None, call.request_id)
        call.record(UserCreated(resource_id=user_id, username=first.username, role=ADMIN), actor=system)


def _own_call() -> Call:
    """Nobody's request: what is done here is done by the system."""
    return Call(request_id=str(uuid.uuid4()), method="RUN", path="bootstrap", now=clock.now(), ip="", headers={})
