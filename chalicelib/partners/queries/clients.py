"""API clients, their rows and their credentials."""

from datetime import datetime, timedelta

from chalicelib.kit.db import Connection
from chalicelib.partners.models.clients import Client, ClientsQuery, Filter, NewClient

LONGEST_LIST = 1000

_CLIENT = """
        SELECT client.id, client.name, client.owner, client.contact,
               CASE WHEN client.revoked_at IS NOT NULL THEN 'revoked'
                    WHEN client.expires_at <= %(now)s THEN 'expired'
                    ELSE 'active' END AS status,
               client.scopes, CASE WHEN client.is_filtered THEN filter.rows END AS rows, client.requests_per_minute,
               client.requests_per_day, client.expires_at, client.revoked_at, client.last_used_at,
               coalesce(credentials.list, '[]') AS credentials, client.version, creator.username AS created_by,
               client.created_at, client.updated_at
          FROM api_clients client
          JOIN users creator ON creator.id = client.created_by
          LEFT JOIN LATERAL (
               SELECT json_build_object(
                          'route_ids', coalesce(json_agg(route_id ORDER BY route_id)
                                                FILTER (WHERE route_id IS NOT NULL), '[]'),
                          'location_ids', coalesce(json_agg(location_id ORDER BY location_id)
                                                   FILTER (WHERE location_id IS NOT NULL), '[]'),
                          'device_ids', coalesce(json_agg(device_id ORDER BY device_id)
                                                 FILTER (WHERE device_id IS NOT NULL), '[]')) AS rows
                 FROM api_client_rows
                WHERE client_id = client.id) filter ON true
          LEFT JOIN LATERAL (
               SELECT json_agg(json_build_object('client_id', pool_client_id, 'created_at', created_at,
                                                 'ends_at', ends_at, 'last_used_at', last_used_at)
                               ORDER BY created_at DESC, id DESC) AS list
                 FROM api_client_credentials
                WHERE client_id = client.id
                  AND (ends_at IS NULL OR ends_at > %(now)s)) credentials ON true
         WHERE client.deleted_at IS NULL
"""


def listed(db: Connection, query: ClientsQuery, now: datetime) -> list[Client]:
    """The clients by name, revoked and expired ones too."""
    return db.fetch(
        Client,
        _CLIENT + " ORDER BY lower(client.name), client.id LIMIT %(most)s OFFSET %(offset)s",
        now=now,
        most=query.limit(LONGEST_LIST),
        offset=query.offset,
    )


def one(db: Connection, client_id: int, now: datetime) -> Client | None:
    """One client."""
    return db.fetch_one(Client, _CLIENT + " AND client.id = %(client_id)s", client_id=client_id, now=now)


def lock(db: Connection, client_id: int, now: datetime) -> Client | None:
    """One client, locked."""
    db.execute("SELECT FROM api_clients WHERE id = %(client_id)s FOR NO KEY UPDATE", client_id=client_id)
    return one(db, client_id, now)


def insert(db: Connection, new: NewClient, *, username: str, by: int, now: datetime) -> int:
    """Write a client with the account in whose name it acts, which nobody can sign in as; the client's id."""
    return int(
        db.value(
            """
            WITH account AS (
                INSERT INTO users (username, email, role, is_active, is_client, deleted_at, created_at, updated_at)
                VALUES (%(username)s, lower(%(username)s) || '@clients.invalid', 'viewer', false, true, %(now)s,
                        %(now)s, %(now)s)
                RETURNING id)
            INSERT INTO api_clients (user_id, name, owner, contact, scopes, is_filtered, requests_per_minute,
                                     requests_per_day, expires_at, created_by, created_at, updated_at)
            SELECT id, %(name)s, %(owner)s, %(contact)s, %(scopes)s, %(is_filtered)s, %(requests_per_minute)s,
                   %(requests_per_day)s, %(expires_at)s, %(by)s, %(now)s, %(now)s
              FROM account
            RETURNING id
            """,
            username=username,
            by=by,
            now=now,
            is_filtered=new.rows is not None,
            **new.model_dump(exclude={"rows"}),
        )
    )


def update(db: Connection, client_id: int, new: NewClient) -> None:
    """Write what a client is now."""
    db.execute(
        """
        UPDATE api_clients
           SET name = %(name)s, owner = %(owner)s, contact = %(contact)s, scopes = %(scopes)s,
               is_filtered = %(is_filtered)s, requests_per_minute = %(requests_per_minute)s,
               requests_per_day = %(requests_per_day)s, expires_at = %(expires_at)s, version = version + 1
         WHERE id = %(client_id)s
        """,
        client_id=client_id,
        is_filtered=new.rows is not None,
        **new.model_dump(exclude={"rows"}),
    )


def set_rows(db: Connection, client_id: int, rows: Filter | None) -> None:
    """Write the rows that a client may reach, instead of those before."""
    db.execute("DELETE FROM api_client_rows WHERE client_id = %(client_id)s", client_id=client_id)
    if rows is not None:
        db.execute(
            """
            INSERT INTO api_client_rows (client_id, route_id, location_id, device_id)
            SELECT %(client_id)s::bigint, id, NULL::bigint, NULL::bigint
              FROM unnest(%(route_ids)s::bigint[]) AS named (id)
             UNION
            SELECT %(client_id)s::bigint, NULL, id, NULL FROM unnest(%(location_ids)s::bigint[]) AS named (id)
             UNION
            SELECT %(client_id)s::bigint, NULL, NULL, id FROM unnest(%(device_ids)s::bigint[]) AS named (id)
            """,
            client_id=client_id,
            **rows.model_dump(),
        )


def add_credential(db: Connection, client_id: int, pool_client_id: str, now: datetime) -> None:
    """Write down whose a credential is."""
    db.execute(
        """
        INSERT INTO api_client_credentials (client_id, pool_client_id, created_at)
        VALUES (%(client_id)s, %(pool_client_id)s, %(now)s)
        """,
        client_id=client_id,
        pool_client_id=pool_client_id,
        now=now,
    )


def end_credentials(db: Connection, client_id: int, *, newest_until: datetime, now: datetime) -> None:
    """End what a client has: the newest credential at a time to come, those already on their way out at once."""
    db.execute(
        """
        UPDATE api_client_credentials
           SET ends_at = CASE WHEN ends_at IS NULL THEN %(newest_until)s ELSE least(ends_at, %(now)s) END
         WHERE client_id = %(client_id)s
        """,
        client_id=client_id,
        newest_until=newest_until,
        now=now,
    )


def revoke(db: Connection, client_id: int, *, by: int, now: datetime) -> None:
    """Revoke a client, for good."""
    db.execute(
        """
        UPDATE api_clients
           SET revoked_at = %(now)s, revoked_by = %(by)s, version = version + 1
         WHERE id = %(client_id)s
           AND revoked_at IS NULL
        """,
        client_id=client_id,
        by=by,
        now=now,
    )


def mark_deleted(db: Connection, client_id: int, now: datetime) -> None:
    """Take a client out of the lists."""
    db.execute("UPDATE api_clients SET deleted_at = %(now)s WHERE id = %(client_id)s", client_id=client_id, now=now)


def over(db: Connection, now: datetime, *, most: int) -> list[str]:
    """The pool's ids of credentials that open nothing any more and can be cleared away."""
    found: list[str] = db.value(
        """
        SELECT coalesce(array_agg(pool_client_id), '{}')
          FROM (SELECT credential.pool_client_id
                  FROM api_client_credentials credential
                  JOIN api_clients client ON client.id = credential.client_id
                 WHERE credential.ends_at <= %(now)s
                    OR client.revoked_at IS NOT NULL
                    OR client.expires_at <= %(long_ago)s
                 ORDER BY credential.id
                 LIMIT %(most)s) AS dead
        """,
        now=now,
        long_ago=now - timedelta(days=30),
        most=most,
    )
    return found


def forget(db: Connection, pool_client_id: str) -> None:
    """Forget a credential that the pool does not know any more."""
    db.execute("DELETE FROM api_client_credentials WHERE pool_client_id = %(id)s", id=pool_client_id)
