"""Reading and searching the knowledge base."""

from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support.client import Client
from tests.support.costs import statements_of
from tests.support.people import SignedIn

BASE = "/api/knowledge-base"


def write(db: Connection, article_id: str, **facts: Any) -> None:
    given = {
        "title": article_id,
        "category": "Drivers",
        "tags": [],
        "difficulty": "Beginner",
        "description": "",
        "body": "text",
    } | facts
    db.execute(
        """
        INSERT INTO kb_articles (id, title, category, tags, difficulty, description, body_md)
        VALUES (%(id)s, %(title)s, %(category)s, %(tags)s, %(difficulty)s, %(description)s, %(body)s)
        """,
        id=article_id,
        **given,
    )


def search(person: Client, q: str, **params: str) -> Any:
    return person.get(f"{BASE}/search", params={"q": q, **params}).json


def scores(person: Client, q: str, **params: str) -> list[tuple[str, int, str]]:
    return [(hit["id"], hit["score"], hit["match_type"]) for hit in search(person, q, **params)["results"]]


@pytest.mark.rule("US-007")
@pytest.mark.usefixtures("knowledge")
def test_everybody_reads_the_list_without_bodies(driver: SignedIn) -> None:
    told = driver.get(f"{BASE}/articles").json

    assert told["success"] is True
    assert told["total_count"] == len(told["articles"]) == sum(told["categories"].values()) == 15
    first = told["articles"][0]
    assert set(first) == {
        "id",
        "title",
        "author",
        "category",
        "tags",
        "difficulty",
        "description",
        "last_updated",
        "word_count",
        "read_time_minutes",
        "content_preview",
    }
    assert first["id"] == "getting-started"
    assert first["last_updated"].endswith("Z")
    assert first["content_preview"].startswith("Getting started CVD keeps a fleet of vending machines")


@pytest.mark.rule("US-007")
@pytest.mark.usefixtures("knowledge")
def test_an_article_comes_as_html_and_markdown_with_its_neighbours(viewer: SignedIn) -> None:
    article = viewer.get(f"{BASE}/articles/dex-reads").json["article"]

    assert article["title"] == "DEX reads, from file to sales"
    assert "<h2>Upload</h2>" in article["content_html"]
    assert article["content_raw"].startswith("# DEX reads")
    assert article["metadata"]["tags"][0] == "DEX"
    assert article["metadata"]["read_time_minutes"] == 1
    assert article["navigation"] == {
        "breadcrumb": ["Knowledge Base", "Feature Tutorials", "DEX reads, from file to sales"],
        "previous_article": None,
        "next_article": "planograms",
    }


@pytest.mark.rule("US-007")
def test_html_in_an_article_runs_nothing(viewer: SignedIn, db: Connection) -> None:
    write(db, "evil", body="<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>")

    shown = viewer.get(f"{BASE}/articles/evil").json["article"]["content_html"]

    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown


@pytest.mark.parametrize("article_id", ["nothing", "..%2Fsecret", "%00"])
def test_an_unknown_article_is_told_in_the_words_of_the_contract(viewer: SignedIn, article_id: str) -> None:
    answer = viewer.get(f"{BASE}/articles/{article_id}")

    assert answer.status in (400, 404)
    if answer.status == 404:
        assert (answer.json["success"], answer.json["error"]) == (False, "Article not found")


@pytest.mark.rule("BR-167", "US-007")
def test_where_the_text_is_found_decides_the_order(viewer: SignedIn, db: Connection) -> None:
    write(db, "body", body="all about zebras")
    write(db, "category", category="Drivers", title="Zz", body="nothing")
    write(db, "tag", tags=["zebra"])
    write(db, "description", description="The zebra.")
    write(db, "title", title="A Zebra")
    write(db, "many", title="Zebra", description="zebra", tags=["zebra", "zebras"], body="zebra zebra zebra")

    assert scores(viewer, "ZEBRA") == [
        ("many", 19, "title_and_description_and_tags_and_content"),
        ("title", 10, "title"),
        ("description", 5, "description"),
        ("tag", 3, "tags"),
        ("body", 1, "content"),
    ]
    assert scores(viewer, "drivers")[0][1:] == (2, "category")


@pytest.mark.rule("BR-167")
def test_words_are_found_in_any_form_and_parts_of_words_as_they_are(viewer: SignedIn, db: Connection) -> None:
    write(db, "one", title="Restocking the machines")
    write(db, "two", title="Planogram", body="for viewers")

    assert [hit[0] for hit in scores(viewer, "restock machine")] == ["one"]
    assert [hit[0] for hit in scores(viewer, "lanog")] == ["two"]
    assert scores(viewer, "planogram viewer") == [("two", 1, "words")]


@pytest.mark.rule("BR-167")
def test_category_and_difficulty_narrow_the_search(viewer: SignedIn, db: Connection) -> None:
    write(db, "one", title="Door", category="Drivers")
    write(db, "two", title="Door", category="Best Practices", difficulty="Advanced")

    told = search(viewer, "door", category="Best Practices", difficulty="Advanced")

    assert [hit["id"] for hit in told["results"]] == ["two"]
    assert told["filters"] == {"category": "Best Practices", "difficulty": "Advanced"}
    assert (told["total_results"], told["query"]) == (1, "door")
    assert told["search_time_ms"] >= 0
    assert search(viewer, "door")["filters"] == {"category": None, "difficulty": None}


@pytest.mark.rule("BR-167")
def test_a_snippet_is_escaped_but_for_its_marks(viewer: SignedIn, db: Connection) -> None:
    write(db, "evil", body="see <img src=x onerror=alert(1)> here")

    (hit,) = search(viewer, "<img src=x")["results"]

    assert hit["snippet"] == "see <mark>&lt;img src=x</mark> onerror=alert(1)&gt; here"


@pytest.mark.rule("BR-167", "US-007")
@pytest.mark.parametrize("q", ["", "a", "  a  "])
def test_less_than_two_characters_are_refused(viewer: SignedIn, q: str) -> None:
    answer = viewer.get(f"{BASE}/search", params={"q": q})

    assert answer.status == 400
    assert (answer.json["success"], answer.json["error"]) == (False, "Query must be at least 2 characters")


@pytest.mark.parametrize("q", ["%%", "the", "a & b | !c", "'; DROP TABLE kb_articles", "-door", ":*", "\\"])
def test_no_query_breaks_the_search(viewer: SignedIn, db: Connection, q: str) -> None:
    write(db, "one", title="Door")

    assert viewer.get(f"{BASE}/search", params={"q": f"{q}  xx"}).status == 200


@pytest.mark.rule("US-007")
@pytest.mark.usefixtures("knowledge")
def test_categories_come_in_their_order_with_counts(viewer: SignedIn) -> None:
    told = viewer.get(f"{BASE}/categories").json

    assert told["success"] is True
    assert [category["name"] for category in told["categories"]] == [
        "Getting Started",
        "Feature Tutorials",
        "Troubleshooting",
        "System Administration",
        "Best Practices",
        "Drivers",
    ]
    assert told["categories"][0] == {
        "name": "Getting Started",
        "article_count": 2,
        "description": "",
        "icon": "",
        "color": "#6c757d",
        "sort_order": 1,
    }


@pytest.mark.usefixtures("knowledge")
def test_the_knowledge_base_in_figures(admin: SignedIn) -> None:
    stats = admin.get(f"{BASE}/stats").json["stats"]

    assert (stats["total_articles"], stats["total_categories"]) == (15, 6)
    assert stats["average_words_per_article"] == stats["total_words"] // 15
    assert stats["categories"]["Drivers"]["article_count"] == 2
    assert stats["last_updated"].endswith("Z")


def test_an_empty_knowledge_base_has_figures_too(admin: SignedIn) -> None:
    assert admin.get(f"{BASE}/stats").json["stats"] == {
        "total_articles": 0,
        "total_words": 0,
        "total_categories": 0,
        "average_words_per_article": 0,
        "categories": {},
        "last_updated": None,
    }


@pytest.mark.rule("US-007")
def test_an_opinion_is_kept_once_of_each_kind(viewer: SignedIn, db: Connection) -> None:
    write(db, "one")
    opinion = {"article_id": "one", "type": "helpful", "comment": "yes", "timestamp": "2025-08-06T12:00:00Z"}

    statuses = [viewer.post(f"{BASE}/feedback", json=opinion | {"comment": text}).status for text in ("yes", "very")]

    assert statuses == [200, 200]
    assert db.values("SELECT user_id || kind || comment FROM kb_feedback") == [f"{viewer.user_id}helpfulvery"]
    assert viewer.post(f"{BASE}/feedback", json=opinion | {"article_id": "two"}).status == 404
    assert viewer.post(f"{BASE}/feedback", json={"article_id": "one"}).status == 400


@pytest.mark.parametrize("path", ["articles", "articles/x", "search?q=xx", "categories", "stats"])
def test_nobody_reads_without_a_session(client: Client, path: str) -> None:
    assert client.get(f"{BASE}/{path}").status == 401


def test_the_number_of_statements_does_not_grow(
    viewer: SignedIn, db: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("articles", "search?q=door", "categories", "stats"):
        one = statements_of(caplog, lambda: viewer.get(f"{BASE}/{path}"))  # noqa: B023 - called at once
        write(db, f"door-{path[:4]}")
        assert statements_of(caplog, lambda: viewer.get(f"{BASE}/{path}")) == one  # noqa: B023 - called at once
