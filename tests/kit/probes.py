"""The probes: one for each way in which a request can go."""

import threading
from typing import ClassVar

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import Duplicate, Forbidden
from chalicelib.kit.events import Event, event
from chalicelib.kit.models import Camel, Count, Model, Text
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER, PUBLIC

WRITERS = [ADMIN, MANAGER]

rendezvous = threading.Barrier(2, timeout=10)
"""Lets two requests meet inside of their transactions."""


@event
class ThingMade(Event):
    action: ClassVar[str] = "thing.made"
    resource: ClassVar[str] = "thing"
    published: ClassVar[bool] = True
    units: int


class NameTaken(Duplicate):
    """409: the name is taken."""

    message = "A thing of this name exists already."
    constraints = ("product_categories_name_unique",)


class Thing(Camel):
    thing_name: Text
    units: Count = 0


class Made(Camel):
    thing_id: int
    thing_name: str


class Filter(Model):
    limit: Count = 5
    names: list[str] | None = None


class Seen(Model):
    who: str
    limit: int
    names: list[str]


class Number(Model):
    number: int


def declare(blueprint: Blueprint) -> None:  # noqa: C901 - a list of small probes
    """Declare all probes on a blueprint of the test's own."""

    @endpoint(blueprint, "GET", "/api/probe/open", roles=PUBLIC)
    def open_to_all(call: Call) -> Number:
        """Answer anybody."""
        return Number(number=call.db.value("SELECT 1"))

    @endpoint(blueprint, "GET", "/api/probe/seen", roles=EVERYONE)
    def seen(call: Call, query: Filter) -> Seen:
        """Answer who asks."""
        return Seen(who=call.principal.username, limit=query.limit, names=query.names or [])

    @endpoint(blueprint, "GET", "/api/probe/writes-in-get", roles=EVERYONE)
    def writes_in_get(call: Call) -> Number:
        """Try to write in a read-only transaction."""
        return Number(number=call.db.execute("DELETE FROM user_preferences"))

    @endpoint(blueprint, "GET", "/api/probe/number/{number}", roles=EVERYONE)
    def number_of(_call: Call, number: int) -> Number:
        """Answer the number of the path."""
        return Number(number=number)

    @endpoint(blueprint, "POST", "/api/probe/things", roles=WRITERS, refusals=[NameTaken], status=201)
    def make_thing(call: Call, body: Thing) -> Made:
        """Make a row, and tell of it."""
        thing_id = call.db.value(
            "INSERT INTO product_categories (name) VALUES (%(name)s) RETURNING id", name=body.thing_name
        )
        call.record(ThingMade(resource_id=thing_id, after={"name": body.thing_name}, units=body.units))
        return Made(thing_id=thing_id, thing_name=body.thing_name)

    @endpoint(blueprint, "POST", "/api/probe/fails", roles=WRITERS)
    def fails(call: Call, body: Thing) -> Made:
        """Write, then break."""
        call.db.execute("INSERT INTO product_categories (name) VALUES (%(name)s)", name=body.thing_name)
        raise KeyError("an inner secret")

    @endpoint(blueprint, "POST", "/api/probe/forbids", roles=EVERYONE)
    def forbids(call: Call) -> Number:
        """Refuse inside of the service."""
        raise Forbidden("Not this one.")

    @endpoint(blueprint, "POST", "/api/probe/crossing/{first}/{second}", roles=WRITERS)
    def crossing(call: Call, first: int, second: int) -> Number:
        """Take two advisory locks in the given order, meeting the other request in between on the first try."""
        call.db.execute("SELECT pg_advisory_xact_lock(%(key)s)", key=first)
        if first not in _met:
            _met.add(first)
            rendezvous.wait()
        call.db.execute("SELECT pg_advisory_xact_lock(%(key)s)", key=second)
        return Number(number=first)

    @endpoint(blueprint, "POST", "/api/probe/around", roles=WRITERS, own_transactions=True)
    def around(call: Call, body: Thing) -> Made:
        """Work around transactions of its own."""
        with call.transaction() as db:
            thing_id = db.value(
                "INSERT INTO product_categories (name) VALUES (%(name)s) RETURNING id", name=body.thing_name
            )
            call.record(ThingMade(resource_id=thing_id, units=body.units))
        return Made(thing_id=thing_id, thing_name=body.thing_name)

    @endpoint(blueprint, "POST", "/api/probe/secret", roles=WRITERS, keeps_answer=False)
    def secret(call: Call) -> Number:
        """Give out something that must not be stored."""
        return Number(number=int(call.headers["x-secret"]))

    @endpoint(blueprint, "GET", "/api/probe/large", roles=EVERYONE)
    def large(_call: Call) -> Answer[list[Number]]:
        """Give a long answer with a header."""
        return Answer([Number(number=n) for n in range(2000)], headers={"X-Long": "yes"})

    @endpoint(blueprint, "GET", "/api/probe/ids/{thing_id}", roles=EVERYONE)
    def by_id(call: Call, thing_id: int) -> Number:
        """Ask the database with a number of the path."""
        return Number(number=call.db.value("SELECT count(*) FROM products WHERE id = %(id)s", id=thing_id))


_met: set[int] = set()
