"""What the monitor is told of a request: the activity row of the signed-in, and the alert for reaching too far.

Losing such a row is better than losing a request: nothing here may fail or hold up what it watches (BR-160).
"""

import psycopg

from chalicelib.kit import logs, rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.kit.db import session as book_keeping
from chalicelib.kit.errors import Refusal
from chalicelib.kit.web import SAFE_METHODS

LONGEST_TEXT = 2000

ADMIN_PREFIXES = ("/api/users", "/api/admin", "/api/system-config", "/api/audit-log")
"""Where a write by somebody without the right is more than a slip (BR-163)."""


def note(call: Call, *, is_download: bool, milliseconds: int) -> None:
    """Write the activity row of a signed-in request, and count it; without waiting for the disk, in one statement."""
    if call.caller is None or call.caller.client_id is not None:
        return  # What API clients do stands in the audit trail; the monitor is about people.
    try:
        with book_keeping(just_used=True) as db:
            _insert(db, call, is_download=is_download, milliseconds=milliseconds)
    except (Refusal, psycopg.Error):
        logs.logger().warning("activity could not be noted", request_id=call.request_id, exc_info=True)


def _insert(db: Connection, call: Call, *, is_download: bool, milliseconds: int) -> None:
    who = call.principal
    db.execute(
        """
        WITH counted AS (
            INSERT INTO rate_limits (scope, subject, window_start, hits)
            VALUES ('requests', %(user_id)s::bigint::text, %(minute)s, 1)
                ON CONFLICT (scope, subject, window_start) DO UPDATE SET hits = rate_limits.hits + 1)
        INSERT INTO activity_events (session_id, user_id, at, page_url, page_title, action_type, duration_ms, referrer,
                                     ip, user_agent)
        SELECT %(session_id)s, %(user_id)s, %(now)s, %(path)s, %(title)s, %(kind)s, %(milliseconds)s, %(referrer)s,
               %(ip)s::inet, %(user_agent)s
          FROM set_config('synchronous_commit', 'off', true)
         WHERE NOT EXISTS (SELECT
                             FROM system_settings
                            WHERE (key = 'activity_monitoring_enabled' AND value = 'false'::jsonb)
                               OR (key = 'activity_excluded_prefixes' AND EXISTS (
                                       SELECT
                                         FROM jsonb_array_elements_text(value) excluded (prefix)
                                        WHERE starts_with(%(path)s, excluded.prefix))))
        """,
        session_id=who.session_id,
        user_id=who.user_id,
        now=call.now,
        minute=rate_limit.minute_of(call.now),
        path=call.path[:LONGEST_TEXT],
        title=call.headers.get("x-page-title", "")[:LONGEST_TEXT] or None,
        kind="file_download" if is_download else "api_call",
        milliseconds=milliseconds,
        referrer=call.headers.get("referer", "")[:LONGEST_TEXT] or None,
        ip=call.ip or None,
        user_agent=call.user_agent or None,
    )


def note_refusal(call: Call) -> None:
    """Raise the alert `privilege_escalation` for a refused write to the paths of admins, in the open transaction."""
    if call.method in SAFE_METHODS or not call.path.startswith(ADMIN_PREFIXES):
        return
    who = call.principal
    call.db.execute(
        """
        INSERT INTO security_alerts (alert_type, severity, user_id, session_id, ip, endpoint, description, created_at)
        SELECT 'privilege_escalation', 'critical', %(user_id)s, %(session_id)s, %(ip)s::inet, %(endpoint)s,
               %(description)s, %(now)s
         WHERE NOT EXISTS (SELECT
                             FROM security_alerts
                            WHERE alert_type = 'privilege_escalation'
                              AND status = 'pending'
                              AND user_id = %(user_id)s
                              AND created_at > %(now)s - interval '5 minutes')
        """,
        user_id=who.user_id,
        session_id=who.session_id,
        ip=call.ip or None,
        endpoint=f"{call.method} {call.path}"[:LONGEST_TEXT],
        description=f"{who.username} ({who.title}) tried {call.method} {call.path}"[:LONGEST_TEXT],
        now=call.now,
    )
