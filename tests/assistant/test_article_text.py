"""Articles as text, and the numbers in an answer."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.assistant import rules
from chalicelib.assistant.errors import BrokenArticle
from chalicelib.assistant.service.loading import own_articles

FRONT = {
    "title": "Doors",
    "author": "CVD",
    "category": "Drivers",
    "tags": "door, lock",
    "difficulty": "Beginner",
    "description": "How to open: a door.",
}


def file(front: dict[str, str], body: str = "# Doors\n\nTurn the key.") -> str:
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in front.items()) + f"---\n{body}\n"


@pytest.mark.rule("BR-168")
def test_front_matter_is_read() -> None:
    article = rules.article("doors", file(FRONT))

    assert (article.id, article.title, article.tags) == ("doors", "Doors", ["door", "lock"])
    assert article.description == "How to open: a door."
    assert (article.body, article.word_count) == ("# Doors\n\nTurn the key.", 5)


@pytest.mark.rule("BR-168")
@pytest.mark.parametrize("missing", list(FRONT))
def test_an_article_without_all_of_its_front_matter_is_refused(missing: str) -> None:
    with pytest.raises(BrokenArticle, match=missing):
        rules.article("doors", file({name: value for name, value in FRONT.items() if name != missing}))


@pytest.mark.rule("BR-168")
def test_an_article_without_front_matter_or_of_unknown_difficulty_is_refused() -> None:
    with pytest.raises(BrokenArticle):
        rules.article("doors", "# Doors")
    with pytest.raises(BrokenArticle, match="difficulty"):
        rules.article("doors", file(FRONT | {"difficulty": "Hard"}))


@pytest.mark.rule("BR-168")
@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (374, 1), (375, 2), (500, 2), (624, 2), (625, 3)])
def test_250_words_take_a_minute(words: int, minutes: int) -> None:
    assert rules.read_time_minutes(words) == minutes


def test_markdown_becomes_plain_text() -> None:
    markdown = (
        "# Head\n\n- **bold** and [a link](https://x)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n1. end"
    )

    assert rules.plain(markdown) == "Head bold and a link a b 1 2 end"


@pytest.mark.rule("BR-167")
def test_a_snippet_shows_what_was_found_where_it_was_found() -> None:
    body = "word " * 100 + "the Planogram <b>" + " word" * 100

    found = rules.snippet(body, "planogram")

    assert "the <mark>Planogram</mark> &lt;b&gt; word" in found
    assert found.startswith("…")
    assert found.endswith("…")


@pytest.mark.rule("BR-167")
@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_a_snippet_holds_no_tag_but_mark(body: str, query: str) -> None:
    found = rules.snippet(body, query)
    bare = re.sub(r"</?mark>", "", found, count=2)

    assert "<" not in bare
    assert ">" not in bare
    assert html.escape(html.unescape(bare)) == bare


@pytest.mark.rule("BR-169")
@pytest.mark.parametrize(
    ("answer", "invented"),
    [
        ("Revenue is $1,234.50.", False),
        ("Revenue is 1234.5, on 3 machines.", False),
        ("1. Fill it\n2. Close it\n", False),
        ("There is nothing.", False),
        ("Revenue is $1,235.", True),
        ("It grew by 12%.", True),
        ("Machines: 4", True),
    ],
)
def test_a_number_that_no_source_states_is_invented(answer: str, invented: bool) -> None:
    assert rules.invents(answer, ["Revenue: $1,234.50", "3 machine(s)"]) is invented


def test_amounts_are_written_for_people() -> None:
    assert [rules.money(123450, "USD"), rules.money(-5, "EUR")] == ["$1,234.50", "-EUR 0.05"]


@pytest.mark.rule("BR-168", "US-007")
def test_our_own_articles_are_whole_and_about_something_for_everybody() -> None:
    articles = own_articles()

    assert len(articles) >= 14
    assert {article.category for article in articles} == {
        "Getting Started",
        "Feature Tutorials",
        "Troubleshooting",
        "System Administration",
        "Best Practices",
        "Drivers",
    }
    assert len({article.title for article in articles}) == len(articles)
    assert all(article.word_count >= 100 for article in articles)
