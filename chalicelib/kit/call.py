"""One request as a service sees it: who, when, from where, and the transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.kit import audit, db, outbox
from chalicelib.kit.audit import Actor, Record
from chalicelib.kit.budget import Budget
from chalicelib.kit.db import Connection
from chalicelib.kit.errors import Unauthenticated
from chalicelib.kit.events import Event
from chalicelib.kit.principal import Principal

LONGEST_USER_AGENT = 512


@dataclass
class Call:
    """One request. `now` is its one present moment; `db` is its transaction."""

    request_id: str
    method: str
    path: str
    now: datetime
    ip: str
    headers: Mapping[str, str]
    raw_body: bytes = b""
    caller: Principal | None = None
    budget: Budget | None = None
    connection: Connection | None = None
    statements: int = 0
    takes_file: bool = False
    """Whether the answer becomes a file, which the kit logs as an export."""
    _records: list[Record] = field(default_factory=list)

    @property
    def principal(self) -> Principal:
        """The signed-in caller."""
        if self.caller is None:
            raise Unauthenticated
        return self.caller

    @property
    def db(self) -> Connection:
        """The open transaction."""
        if self.connection is None:
            raise RuntimeError("No transaction is open: wrap the work in `with call.transaction()`.")
        return self.connection

    @property
    def user_agent(self) -> str:
        """What the client calls itself, cut to what is stored."""
        return self.headers.get("user-agent", "")[:LONGEST_USER_AGENT]

    @property
    def actor(self) -> Actor:
        """The caller as the audit trail names it."""
        who = self.caller
        return Actor(
            user_id=who.user_id if who else None,
            username=who.username if who else "anonymous",
            role=who.title if who else None,
            ip=self.ip or None,
            user_agent=self.user_agent or None,
            request_id=self.request_id,
        )

    def record(self, event: Event, actor: Actor | None = None) -> None:
        """Note what happened; it is written with the transaction, or not at all."""
        self._records.append(Record(actor or self.actor, event))

    @property
    def noted(self) -> int:
        """How many events have been noted so far in this transaction."""
        return len(self._records)

    def forget_since(self, noted: int) -> None:
        """Forget the events that were noted since there were so many, as what they tell of was taken back."""
        del self._records[noted:]

    @contextmanager
    def transaction(self, *, read_only: bool = False, one_moment: bool = False) -> Iterator[Connection]:
        """One transaction; what was recorded in it is written just before it commits."""
        if self.connection is not None:
            raise RuntimeError("A transaction is open already: a request has one at a time.")
        self._records.clear()
        with db.transaction(read_only=read_only, one_moment=one_moment) as connection:
            self.connection = connection
            try:
                yield connection
                self._write_records(connection)
            finally:
                self.statements += connection.statements
                self.connection = None

    def _write_records(self, connection: Connection) -> None:
        audit.write(connection, self._records)
        outbox.write(connection, self._records)
        self._records.clear()
