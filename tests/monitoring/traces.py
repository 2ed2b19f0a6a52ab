"""What users leave behind: sessions and activity, written as the kit writes them."""

from datetime import datetime

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn


def session(db: Connection, user_id: int, *, begun: datetime, last: datetime, family: str) -> str:
    """Write an open session; its id."""
    return str(
        db.value(
            """
            INSERT INTO sessions (token_family, user_id, created_at, last_activity_at, expires_at, absolute_expires_at,
                                  ip_address, user_agent, device_type)
            VALUES (%(family)s, %(user)s, %(begun)s, %(last)s, %(last)s + interval '8 hours',
                    %(begun)s + interval '24 hours', '198.51.100.7', 'Browser/1', 'desktop')
            RETURNING id
            """,
            family=family,
            user=user_id,
            begun=begun,
            last=last,
        )
    )


def activity(
    db: Connection,
    user: SignedIn,
    at: datetime,
    page: str = "/pages/home.html",
    *,
    kind: str = "page_view",
    times: int = 1,
    every_seconds: float = 1,
) -> None:
    """Write activity rows of a user's own session, one every so many seconds."""
    db.execute(
        """
        INSERT INTO activity_events (session_id, user_id, at, page_url, page_title, action_type, duration_ms, ip)
        SELECT %(session)s, %(user)s, %(at)s + step * make_interval(secs => %(every)s), %(page)s, 'Home', %(kind)s,
               2000, '198.51.100.7'
          FROM generate_series(0, %(times)s - 1) step
        """,
        session=user.session_id,
        user=user.user_id,
        at=at,
        page=page,
        kind=kind,
        times=times,
        every=every_seconds,
    )


def alerts(db: Connection) -> list[list[object]]:
    """Kind and severity of each alert, in order."""
    return db.values("SELECT jsonb_build_array(alert_type, severity) FROM security_alerts ORDER BY id")
