"""users → users: passwords stay as legacy hashes until their owner signs in; sessions are never brought over."""

import re
from dataclasses import dataclass
from typing import Any, Final

from tools.legacy.clean import Clock
from tools.legacy.refusal import Refused
from tools.legacy.rows import Row
from tools.legacy.run import Run
from tools.legacy.steps.naming import distinct
from tools.legacy.target import INVENTED_IDS

_ROLES: Final = frozenset({"admin", "manager", "driver", "viewer"})
_PROTECTED: Final = "admin"
_OWNER: Final = "importowner"
_COLUMNS: Final = (
    "id", "username", "email", "legacy_password_hash", "must_change_password", "role", "is_active", "is_protected",
    "failed_login_attempts", "locked_until", "last_login_at", "deleted_at", "deleted_by", "created_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Present:
    """A user that the target already has."""

    id: int
    is_moved: bool
    is_protected: bool
    must_change_password: bool


@dataclass
class _Names:
    """The user names and e-mail addresses that are taken by now."""

    usernames: set[str]
    emails: set[str]


def bring(run: Run) -> None:
    present = _present(run)
    names = _Names(set(), set())
    rows = list(run.rows("users"))
    usernames = {row.id: _username(row, names) for row in rows}
    names.emails = _emails_of_others(run, names.usernames)
    run.known.users = _ids(run, usernames, present)
    converted = [_converted(run, row, usernames[row.id], present.get(usernames[row.id].lower()), names) for row in rows]
    run.target.upsert("users", _COLUMNS, converted, keep=("username",))
    run.converted("users", len(converted))
    run.known.owner_id = _owner(run, usernames)
    _skip_sessions(run)


def _present(run: Run) -> dict[str, _Present]:
    found = run.target.fetch(
        "SELECT lower(username), id, identity_sub IS NOT NULL, is_protected, must_change_password FROM users"
    )
    return {name: _Present(*rest) for name, *rest in found}


def _emails_of_others(run: Run, usernames: set[str]) -> set[str]:
    found = run.target.fetch("SELECT lower(username), lower(email) FROM users WHERE deleted_at IS NULL")
    return {email for username, email in found if username not in usernames}


def _username(row: Row, names: _Names) -> str:
    written = row.text("username") or ""
    plain = re.sub(r"[^A-Za-z0-9]", "", written)[:50]
    username = distinct(plain if len(plain) >= 3 else f"user{row.id}", names.usernames, 50, str)
    if username != written:
        row.repaired("USERNAME_CHANGED", "username", username)
    names.usernames.add(username.lower())
    return username


def _ids(run: Run, usernames: dict[int, str], present: dict[str, _Present]) -> dict[int, int]:
    """The same person keeps the target's id; an id that somebody else has there is replaced."""
    taken = {user.id for user in present.values()}
    free = max({*taken, *usernames}, default=0) + 1
    ids: dict[int, int] = {}
    for legacy_id, username in usernames.items():
        same = present.get(username.lower())
        if same:
            ids[legacy_id] = same.id
        elif legacy_id not in taken:
            ids[legacy_id] = legacy_id
        else:
            ids[legacy_id], free = free, free + 1
            run.issues.add("warning", "ID_CHANGED", "users", legacy_id, column="id", old=legacy_id, new=ids[legacy_id])
    return ids


def _converted(run: Run, row: Row, username: str, present: _Present | None, names: _Names) -> tuple[Any, ...]:
    deleted = row.flag("is_deleted", default=False) or row.instant("deleted_at", Clock.LOCAL_WITH_FRACTION) is not None
    updated_at = row.instant("updated_at", Clock.LOCAL_WITH_FRACTION) or run.source.moment
    deleted_at = (row.instant("deleted_at", Clock.LOCAL_WITH_FRACTION) or updated_at) if deleted else None
    role = row.choice("role", _ROLES, "viewer", "ROLE_UNKNOWN")
    is_known_role = (row.text("role") or "viewer").lower() in _ROLES
    is_active = row.flag("is_active", default=True) and not deleted and is_known_role
    is_protected = username.lower() == _PROTECTED and role == "admin" and is_active
    if present and present.is_protected:
        # The installation's own admin stays what it is.
        role, is_active, is_protected, deleted_at = "admin", True, True, None
    if role == "driver" and deleted_at is None:
        run.known.drivers.add(run.known.users[row.id])
    locked_until = row.instant("locked_until", Clock.LOCAL_WITH_FRACTION)
    return (
        run.known.users[row.id],
        username,
        _email(row, username, names, is_live=deleted_at is None),
        None if present and present.is_moved else row.text("password_hash"),
        present.must_change_password if present and present.is_moved else run.options.must_reset,
        role,
        is_active,
        is_protected,
        row.count("failed_login_attempts", most=32_767),
        locked_until if locked_until and locked_until > run.now else None,
        row.instant("last_login", Clock.LOCAL_WITH_FRACTION),
        deleted_at,
        _deleted_by(run, row) if deleted_at else None,
        row.instant("created_at", Clock.LOCAL_WITH_FRACTION) or run.source.moment,
        updated_at,
    )


def _email(row: Row, username: str, names: _Names, *, is_live: bool) -> str:
    written = row.text("email") or ""
    email, code = written, None
    if len(written) > 254 or not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        email, code = f"{username.lower()}@invalid.example", "EMAIL_INVALID"
    if is_live and email.lower() in names.emails:
        email, code = f"{username.lower()}.{row.id}@invalid.example", "EMAIL_DUPLICATE"
    if code:
        row.repaired(code, "email", email)
    if is_live:
        names.emails.add(email.lower())
    return email


def _deleted_by(run: Run, row: Row) -> int | None:
    written = row.whole("deleted_by")
    deleter = run.known.users.get(written) if written is not None else None
    if deleter is None:
        row.repaired("DELETED_BY_UNKNOWN", "deleted_by")
    return deleter


def _owner(run: Run, usernames: dict[int, str]) -> int:
    """Who owns what has no owner: `--owner`, else the file's admin, else the target's, else a new user."""
    wanted = run.options.owner
    if wanted is not None:
        found = run.target.value("SELECT id FROM users WHERE lower(username) = lower(%(name)s)", name=wanted)
        return int(found) if found else _invented_owner(run, wanted)
    for legacy_id, username in usernames.items():
        if username.lower() == _PROTECTED:
            return run.known.users[legacy_id]
    found = run.target.value(
        """
        SELECT id FROM users
         WHERE deleted_at IS NULL AND (role = 'admin' AND is_active OR username = %(owner)s)
         ORDER BY role = 'admin' AND is_active DESC, is_protected DESC, id LIMIT 1
        """,
        owner=_OWNER,
    )
    return int(found) if found else _invented_owner(run, _OWNER)


def _invented_owner(run: Run, username: str) -> int:
    if not re.fullmatch(r"[A-Za-z0-9]{3,50}", username):
        raise Refused(f"{username} cannot be a user name: 3 to 50 letters and digits are.")
    top = run.target.value("SELECT max(id) FROM users") or 0
    row = (max(INVENTED_IDS, int(top) + 1), username, f"{username.lower()}@invalid.example", False, "viewer")
    run.target.upsert("users", ("id", "username", "email", "is_active", "role"), [row])
    return int(row[0])


def _skip_sessions(run: Run) -> None:
    """Sessions are bare tokens: none is brought over, and none is written down."""
    for number, _ in enumerate(run.source.rows("sessions"), start=1):
        run.issues.add("info", "SESSION_SKIPPED", "sessions", number)
    run.skipped("sessions", run.source.counts.get("sessions", 0))
