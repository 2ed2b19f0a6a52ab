"""Articles as text: their front matter, their length, what is shown of them; and the numbers in an answer."""

import hashlib
import html
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from chalicelib.assistant.errors import BrokenArticle
from chalicelib.kit.values import value

NEEDED: Final = ("title", "author", "category", "tags", "difficulty", "description")
DIFFICULTIES: Final = frozenset({"Beginner", "Intermediate", "Advanced"})
WORDS_A_MINUTE: Final = 250
PREVIEW: Final = 200
AROUND: Final = 90

_FRONT: Final = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_MARKUP: Final = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:#+|>|[-*+]|\d+\.)\s+", re.MULTILINE), ""),
    (re.compile(r"^[|:\s-]+$", re.MULTILINE), ""),
    (re.compile(r"[*_`|]+"), ""),
    (re.compile(r"\s+"), " "),
)
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COUNTED: Final = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)


@value
class Article:
    """An article of ours, as its file says it."""

    id: str
    title: str
    author: str
    category: str
    tags: list[str]
    difficulty: str
    description: str
    body: str

    @property
    def word_count(self) -> int:
        """How many words the body has."""
        return len(self.body.split())

    @property
    def content_hash(self) -> bytes:
        """What changes whenever anything about the article does."""
        parts = (self.title, self.author, self.category, ",".join(self.tags), self.difficulty, self.description)
        return hashlib.sha256("\0".join((*parts, self.body)).encode()).digest()


def article(stem: str, text: str) -> Article:
    """The article in a file: front matter of `name: value` lines, tags separated by commas, then Markdown (BR-168)."""
    match = _FRONT.fullmatch(text)
    lines = match[1].splitlines() if match else []
    front = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    missing = [name for name in NEEDED if not front.get(name)]
    if match is None or missing:
        raise BrokenArticle(f"The article {stem} lacks {', '.join(missing) or 'its front matter'}.")
    if front["difficulty"] not in DIFFICULTIES:
        raise BrokenArticle(f"The article {stem} has a difficulty that is not known: {front['difficulty']}.")
    return Article(
        id=stem,
        title=front["title"],
        author=front["author"],
        category=front["category"],
        tags=[tag.strip() for tag in front["tags"].split(",") if tag.strip()],
        difficulty=front["difficulty"],
        description=front["description"],
        body=match[2].strip(),
    )


def read_time_minutes(words: int) -> int:
    """How long an article takes to read: 250 words a minute, rounded half up, one minute at least (BR-168)."""
    return max(1, int(Fraction(words, WORDS_A_MINUTE) + Fraction(1, 2)))


def plain(markdown: str) -> str:
    """Markdown as one line of plain text."""
    for pattern, replacement in _MARKUP:
        markdown = pattern.sub(replacement, markdown)
    return markdown.strip()


def preview(markdown: str) -> str:
    """The beginning of an article."""
    text = plain(markdown)
    return text if len(text) <= PREVIEW else text[:PREVIEW].rsplit(" ", 1)[0] + "…"


def snippet(markdown: str, query: str) -> str:
    """A piece of the text around what was looked for, as HTML: all is escaped, what was found is in `<mark>`."""
    text = plain(markdown)
    wanted = [query, *sorted((word for word in query.split() if len(word) > 1), key=len, reverse=True)]
    found = next((m for w in wanted if (m := re.search(re.escape(w), text, re.IGNORECASE))), None)
    if found is None:
        return html.escape(preview(markdown))
    start, end = max(0, found.start() - AROUND), min(len(text), found.end() + AROUND)
    before = ("…" if start else "") + text[start : found.start()]
    after = text[found.end() : end] + ("…" if end < len(text) else "")
    return f"{html.escape(before)}<mark>{html.escape(found[0])}</mark>{html.escape(after)}"


def numbers(text: str) -> set[Decimal]:
    """The numbers that a text states; those that only count the lines of a list are none."""
    return {Decimal(found.replace(",", "")) for found in _NUMBER.findall(_COUNTED.sub("", text))}


def invents(answer: str, sources: Iterable[str]) -> bool:
    """Whether an answer states a number that is in none of its sources (BR-169)."""
    return not numbers(answer) <= set[Decimal]().union(*(numbers(source) for source in sources))


def money(cents: int, currency: str) -> str:
    """An amount for a person, as `$1,234.50`."""
    sign, whole = ("-", -cents) if cents < 0 else ("", cents)
    symbol = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{symbol}{whole // 100:,}.{whole % 100:02d}"
