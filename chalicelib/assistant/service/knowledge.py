"""Reading the knowledge base (US-007)."""

import time
from collections import Counter

from chalicelib.assistant import rules
from chalicelib.assistant.errors import ArticleNotFound, QueryTooShort
from chalicelib.assistant.models.knowledge import (
    ArticleList,
    ArticleShown,
    CategoryList,
    Feedback,
    FeedbackKept,
    Filters,
    Hit,
    ListedArticle,
    Metadata,
    Navigation,
    Search,
    SearchResults,
    ShownArticle,
    Stats,
    StatsShown,
)
from chalicelib.assistant.queries import knowledge as queries
from chalicelib.assistant.queries.knowledge import ArticleRow, HitRow
from chalicelib.kit.call import Call

SHORTEST = 2


def articles(call: Call) -> ArticleList:
    """All articles, without their bodies."""
    found = queries.articles(call.db)
    return ArticleList(
        articles=[
            ListedArticle(
                **_metadata(row).model_dump(), id=row.id, title=row.title, content_preview=rules.preview(row.body_md)
            )
            for row in found
        ],
        total_count=len(found),
        categories=Counter(row.category for row in found),
    )


def article(call: Call, article_id: str) -> ArticleShown:
    """One article, with its neighbours."""
    row = queries.article(call.db, article_id)
    if row is None:
        raise ArticleNotFound
    return ArticleShown(
        article=ShownArticle(
            id=row.id,
            title=row.title,
            content_html=_html(row.body_md),
            content_raw=row.body_md,
            metadata=_metadata(row),
            navigation=Navigation(
                breadcrumb=["Knowledge Base", row.category, row.title],
                previous_article=row.previous_id,
                next_article=row.next_id,
            ),
        )
    )


def _metadata(row: ArticleRow) -> Metadata:
    return Metadata(
        author=row.author,
        category=row.category,
        tags=row.tags,
        difficulty=row.difficulty,
        last_updated=row.updated_at,
        description=row.description,
        word_count=row.word_count,
        read_time_minutes=row.read_time_minutes,
    )


def _html(markdown: str) -> str:
    """Markdown as HTML that is safe to show: raw HTML is escaped, and links lead to no script."""
    from markdown_it import MarkdownIt  # Only this one endpoint needs it.

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown))


def search(call: Call, asked: Search) -> SearchResults:
    """The articles that hold what is looked for (BR-167)."""
    if len(asked.q) < SHORTEST:
        raise QueryTooShort
    started = time.perf_counter()
    found = queries.search(call.db, asked)
    results = [_hit(row, asked.q) for row in found]
    return SearchResults(
        query=asked.q,
        results=results,
        total_results=len(results),
        search_time_ms=round((time.perf_counter() - started) * 1000, 2),
        filters=Filters(category=asked.category, difficulty=asked.difficulty),
    )


def _hit(row: HitRow, query: str) -> Hit:
    return Hit(
        id=row.id,
        title=row.title,
        category=row.category,
        difficulty=row.difficulty,
        description=row.description,
        snippet=rules.snippet(row.body_md, query),
        score=row.score,
        match_type="_and_".join(row.fields) or "words",
        read_time_minutes=row.read_time_minutes,
    )


def categories(call: Call) -> CategoryList:
    """The categories that have articles."""
    return CategoryList(categories=queries.categories(call.db))


def stats(call: Call) -> StatsShown:
    """The knowledge base in figures."""
    found = queries.articles(call.db)
    held = queries.categories(call.db)
    words = sum(row.word_count for row in found)
    return StatsShown(
        stats=Stats(
            total_articles=len(found),
            total_words=words,
            total_categories=len(held),
            average_words_per_article=words // len(found) if found else 0,
            categories={category.name: category for category in held},
            last_updated=max((row.updated_at for row in found), default=None),
        )
    )


def keep_feedback(call: Call, body: Feedback) -> FeedbackKept:
    """Keep what the caller thinks of an article."""
    if queries.article(call.db, body.article_id) is None:
        raise ArticleNotFound
    queries.keep_feedback(
        call.db,
        article_id=body.article_id,
        user_id=call.principal.user_id,
        kind=body.type,
        comment=body.comment or None,
    )
    return FeedbackKept()
