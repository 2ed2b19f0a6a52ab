"""What is changed about a user whose row is locked."""

from datetime import datetime

from chalicelib.identity.rules import Counter
from chalicelib.kit.db import Connection
from chalicelib.kit.roles import Role


def protect(db: Connection, user_id: int) -> None:
    """Make an admin the protected one."""
    db.execute("UPDATE users SET is_protected = true, version = version + 1 WHERE id = %(user_id)s", user_id=user_id)


def set_email(db: Connection, user_id: int, email: str) -> None:
    """Store a new address."""
    db.execute(
        "UPDATE users SET email = %(email)s, version = version + 1 WHERE id = %(user_id)s", email=email, user_id=user_id
    )


def set_role(db: Connection, user_id: int, role: Role) -> None:
    """Store a new role."""
    db.execute(
        "UPDATE users SET role = %(role)s, version = version + 1 WHERE id = %(user_id)s", role=role, user_id=user_id
    )


def set_counter(db: Connection, user_id: int, counter: Counter) -> None:
    """Store how many wrong passwords there were in a row."""
    db.execute(
        """
        UPDATE users
           SET failed_login_attempts = %(failed)s, locked_until = %(locked_until)s
         WHERE id = %(user_id)s
        """,
        failed=counter.failed,
        locked_until=counter.locked_until,
        user_id=user_id,
    )


def take_attempt_back(db: Connection, user_id: int) -> None:
    """Uncount an attempt that was no wrong password after all."""
    db.execute(
        """
        UPDATE users
           SET failed_login_attempts = greatest(failed_login_attempts - 1, 0), locked_until = NULL
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
    )


def signed_in(db: Connection, user_id: int, identity_sub: str, *, must_change: bool, now: datetime) -> None:
    """Note a sign-in: the counter restarts, the pool knows the user, a hash of old is gone."""
    db.execute(
        """
        UPDATE users
           SET failed_login_attempts = 0,
               locked_until = NULL,
               last_login_at = %(now)s,
               identity_sub = %(identity_sub)s,
               legacy_password_hash = NULL,
               must_change_password = must_change_password OR %(must_change)s
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
        identity_sub=identity_sub,
        must_change=must_change,
        now=now,
    )


def password_set(db: Connection, user_id: int, identity_sub: str, *, must_change: bool, now: datetime) -> None:
    """Note a new password: the counter and the lock are cleared, a hash of old is gone."""
    db.execute(
        """
        UPDATE users
           SET password_changed_at = %(now)s,
               must_change_password = %(must_change)s,
               failed_login_attempts = 0,
               locked_until = NULL,
               identity_sub = %(identity_sub)s,
               legacy_password_hash = NULL,
               version = version + 1
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
        identity_sub=identity_sub,
        must_change=must_change,
        now=now,
    )


def set_second_factor(db: Connection, user_id: int, *, on: bool) -> None:
    """Note whether a code is asked for."""
    db.execute(
        "UPDATE users SET mfa_enabled = %(on)s, version = version + 1 WHERE id = %(user_id)s", on=on, user_id=user_id
    )


def activate(db: Connection, user_id: int) -> None:
    """Let a user in again, with a fresh counter."""
    db.execute(
        """
        UPDATE users
           SET is_active = true, failed_login_attempts = 0, locked_until = NULL, version = version + 1
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
    )


def deactivate(db: Connection, user_ids: list[int]) -> None:
    """Keep users out."""
    db.execute(
        "UPDATE users SET is_active = false, version = version + 1 WHERE id = ANY(%(user_ids)s)", user_ids=user_ids
    )


def delete(db: Connection, user_id: int, *, by: int, now: datetime) -> None:
    """Mark a user as deleted; the row stays, and so does the name."""
    db.execute(
        """
        UPDATE users
           SET is_active = false, deleted_at = %(now)s, deleted_by = %(by)s, version = version + 1
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
        by=by,
        now=now,
    )
