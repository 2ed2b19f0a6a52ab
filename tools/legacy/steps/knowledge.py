"""The knowledge base: categories, and articles from the folder of Markdown files or, without it, from the file."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tools.legacy import articles
from tools.legacy.clean import Clock
from tools.legacy.rows import Row
from tools.legacy.run import Run

_CATEGORY: Final = ("name", "description", "icon", "color", "sort_order")
_ARTICLE: Final = (
    "id", "title", "author", "category", "tags", "difficulty", "description", "body_md", "word_count",
    "read_time_minutes", "content_hash", "created_at", "updated_at",
)  # fmt: skip
_DIFFICULTIES: Final = ("Beginner", "Intermediate", "Advanced")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")


@dataclass(frozen=True, slots=True)
class _Article:
    """An article on its way."""

    id: str
    title: str
    author: str | None
    category: str
    tags: list[str]
    difficulty: str
    description: str | None
    body: str
    word_count: int
    read_time_minutes: int
    changed_at: datetime


def bring(run: Run) -> None:
    categories = _categories(run)
    found = {article.id: article for row in _rows(run, "knowledge_base_articles") if (article := _of_row(run, row))}
    run.converted("knowledge_base_articles", len(found))
    if run.options.articles:
        found |= _of_folder(run, found)
    unknown = {article.category for article in found.values()} - categories.keys()
    categories |= {name: (name, None, None, None, 100) for name in sorted(unknown)}
    run.target.upsert("kb_categories", _CATEGORY, categories.values(), key=("name",))
    run.target.upsert("kb_articles", _ARTICLE, [_cells(article) for article in found.values()])


def _rows(run: Run, table: str) -> list[Row]:
    """Rows whose key is text: an issue names them by it."""
    return [Row(table, number, values, run.issues, run.zone) for number, values in enumerate(run.source.rows(table), 1)]


def _categories(run: Run) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for row in _rows(run, "knowledge_base_categories"):
        name = row.text("name", 80)
        if name is None or name in found:
            row.rejected("CATEGORY_INVALID", "name")
            continue
        found[name] = (name, row.text("description"), row.text("icon"), row.text("color"), row.count("sort_order"))
    run.converted("knowledge_base_categories", len(found))
    return found


def _of_row(run: Run, row: Row) -> _Article | None:
    key, title = row.text("id"), row.text("title", 200)
    if key is None or not _ID.fullmatch(key):
        row.rejected("ARTICLE_ID_INVALID", "id")
        return None
    body = row.text("search_content") or row.text("content_preview") or ""
    difficulty = (row.text("difficulty") or "Beginner").capitalize()
    if difficulty not in _DIFFICULTIES:
        row.repaired("DIFFICULTY_UNKNOWN", "difficulty", "Beginner")
        difficulty = "Beginner"
    return _Article(
        id=key,
        title=title or key,
        author=row.text("author"),
        category=row.text("category", 80) or "Getting Started",
        tags=[tag.strip() for tag in (row.text("tags") or "").split(",") if tag.strip()],
        difficulty=difficulty,
        description=row.text("content_preview"),
        body=body,
        word_count=row.count("word_count"),
        read_time_minutes=row.count("read_time_minutes", default=1) or 1,
        changed_at=row.instant("file_modified_time", Clock.LOCAL) or run.source.moment,
    )


def _of_folder(run: Run, known: dict[str, _Article]) -> dict[str, _Article]:
    """The folder wins over the index in the file, which is older; an article that only the folder has is named."""
    found: dict[str, _Article] = {}
    for file in articles.read(run.options.articles, run.issues) if run.options.articles else ():
        if file.id not in known:
            run.issues.add("warning", "KB_ARTICLE_MISSING_IN_DB", "knowledge_base_articles", file.id)
        found[file.id] = _Article(
            id=file.id,
            title=file.title,
            author=file.author,
            category=file.category,
            tags=list(file.tags),
            difficulty=file.difficulty,
            description=file.description,
            body=file.body,
            word_count=len(file.body.split()),
            read_time_minutes=max(1, round(len(file.body.split()) / 250)),
            changed_at=file.changed_at,
        )
    return found


def _cells(article: _Article) -> tuple[Any, ...]:
    return (
        article.id, article.title, article.author, article.category, article.tags, article.difficulty,
        article.description, article.body, article.word_count, article.read_time_minutes,
        hashlib.sha256(article.body.encode()).digest(), article.changed_at, article.changed_at,
    )  # fmt: skip
