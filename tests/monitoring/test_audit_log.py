"""Reading the audit trail."""

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn

LOG = "/api/audit-log"


def written(admin: SignedIn, count: int) -> None:
    for number in range(count):
        assert admin.post("/api/locations", json={"name": f"Hall {number}"}).status == 201


@pytest.mark.rule("US-029")
def test_the_trail_is_read_newest_first_page_by_page(admin: SignedIn) -> None:
    written(admin, 5)
    seen: list[int] = []
    query = {"limit": "2", "resource": "location"}

    while True:
        page = admin.get(LOG, params=query).json
        seen += [one["id"] for one in page["events"]]
        if page["next"] is None:
            break
        query["before"] = page["next"]

    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


@pytest.mark.rule("US-029")
def test_the_trail_is_filtered(admin: SignedIn, viewer: SignedIn) -> None:
    written(admin, 1)
    viewer.post("/api/locations", json={"name": "No"})

    def asked(**query: str) -> list[str]:
        return [one["action"] for one in admin.get(LOG, params=query).json["events"]]

    assert asked(action="location") == ["location.created"]
    assert asked(action="location.created") == ["location.created"]
    assert asked(action="loc") == []
    assert asked(actor=viewer.username.upper()) == ["access.denied"]
    assert asked(outcome="denied") == ["access.denied"]
    assert asked(resource="location", since="2100-01-01T00:00:00Z") == []
    assert asked(resource="location", until="2000-01-01T00:00:00Z") == []


@pytest.mark.rule("US-029")
def test_reading_the_trail_is_in_the_trail(admin: SignedIn, db: Connection) -> None:
    admin.get(LOG, params={"actor": "somebody"})
    admin.get(LOG)

    rows = db.values(
        "SELECT jsonb_build_array(details, after) FROM audit_events WHERE action = 'monitor.viewed' ORDER BY id"
    )
    assert rows == [[{"what": "audit log"}, {"actor": "somebody"}], [{"what": "audit log"}, {}]]


def test_a_row_tells_who_did_what_from_where(admin: SignedIn) -> None:
    written(admin, 1)

    (row,) = admin.get(LOG, params={"action": "location"}).json["events"]

    assert (row["actor_username"], row["actor_role"], row["outcome"]) == (admin.username, "admin", "success")
    assert row["after"]["name"] == "Hall 0"
    assert row["at"].endswith("Z")


@pytest.mark.parametrize("query", [{"before": "x"}, {"limit": "0"}, {"limit": "201"}, {"since": "soon"}])
def test_a_query_that_makes_no_sense_is_refused(admin: SignedIn, query: dict[str, str]) -> None:
    assert admin.get(LOG, params=query).status == 400
