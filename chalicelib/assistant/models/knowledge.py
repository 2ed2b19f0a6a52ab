"""The knowledge base on the wire; every answer has `success`, which its pages read."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Instant, Model, Moment

Difficulty = Literal["Beginner", "Intermediate", "Advanced"]


class ListedArticle(Model):
    """An article in a list: its beginning, not its body."""

    id: str
    title: str
    author: str | None
    category: str
    tags: list[str]
    difficulty: Difficulty
    description: str | None
    last_updated: Instant
    word_count: int
    read_time_minutes: int
    content_preview: str


class ArticleList(Model):
    """All articles by category and title, with how many each category has."""

    success: bool = True
    articles: Sequence[ListedArticle]
    total_count: int
    categories: Mapping[str, int]


class Metadata(Model):
    """What is known about an article."""

    author: str | None
    category: str
    tags: list[str]
    difficulty: Difficulty
    last_updated: Instant
    description: str | None
    word_count: int
    read_time_minutes: int


class Navigation(Model):
    """Where an article stands; its neighbours are of the same category."""

    breadcrumb: list[str]
    previous_article: str | None
    next_article: str | None


class ShownArticle(Model):
    """An article: as HTML that holds no script and no raw HTML, and as it was written."""

    id: str
    title: str
    content_html: str
    content_raw: str
    metadata: Metadata
    navigation: Navigation


class ArticleShown(Model):
    """One article."""

    success: bool = True
    article: ShownArticle


class Search(Model):
    """What is looked for, and where."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    category: Annotated[str, StringConstraints(max_length=80)] | None = None
    difficulty: Difficulty | None = None


class Hit(Model):
    """An article that was found; `snippet` is escaped HTML with `<mark>`."""

    id: str
    title: str
    category: str
    difficulty: Difficulty
    description: str | None
    snippet: str
    score: int
    match_type: str
    read_time_minutes: int


class Filters(Model):
    """How the search was narrowed."""

    category: str | None
    difficulty: Difficulty | None


class SearchResults(Model):
    """What was found, the best first."""

    success: bool = True
    query: str
    results: Sequence[Hit]
    total_results: int
    search_time_ms: float
    filters: Filters


class Category(Model):
    """A category with how many articles it has."""

    name: str
    article_count: int
    description: str
    icon: str
    color: str
    sort_order: int


class CategoryList(Model):
    """The categories that have articles, in their order."""

    success: bool = True
    categories: Sequence[Category]


class Stats(Model):
    """The knowledge base in figures."""

    total_articles: int
    total_words: int
    total_categories: int
    average_words_per_article: int
    categories: Mapping[str, Category]
    last_updated: Instant | None


class StatsShown(Model):
    """The knowledge base in figures."""

    success: bool = True
    stats: Stats


class Feedback(Model):
    """What somebody thinks of an article; the same kind again takes the place of the earlier one."""

    article_id: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    type: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None
    timestamp: Moment | None = Field(default=None)


class FeedbackKept(Model):
    """It is kept."""

    success: bool = True
    message: str = "Thank you for your feedback"
