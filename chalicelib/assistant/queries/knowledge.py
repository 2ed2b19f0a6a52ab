"""Articles and their categories."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_core import to_json

from chalicelib.assistant.models.knowledge import Category, Difficulty, Search
from chalicelib.assistant.rules import Article, read_time_minutes
from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

MOST_ARTICLES = 2000
MOST_HITS = 50

_COLUMNS = """article.id, article.title, article.author, article.category, article.tags, article.difficulty,
       article.description, article.body_md, article.word_count, article.read_time_minutes, article.updated_at"""


@value
class ArticleRow:
    """An article."""

    id: str
    title: str
    author: str | None
    category: str
    tags: list[str]
    difficulty: Difficulty
    description: str | None
    body_md: str
    word_count: int
    read_time_minutes: int
    updated_at: datetime


@value
class NeighbouredRow(ArticleRow):
    """An article with the ones before and after it in its category."""

    previous_id: str | None
    next_id: str | None


@value
class HitRow(ArticleRow):
    """An article that was found, with where and how well."""

    score: int
    fields: list[str]


def articles(db: Connection) -> list[ArticleRow]:
    """All articles, by category and title."""
    return db.fetch(
        ArticleRow,
        f"""
        SELECT {_COLUMNS}
          FROM kb_articles article
          JOIN kb_categories category ON category.name = article.category
         ORDER BY category.sort_order, article.category, article.title, article.id
         LIMIT %(most)s
        """,  # noqa: S608 - a constant list of columns
        most=MOST_ARTICLES,
    )


def article(db: Connection, article_id: str) -> NeighbouredRow | None:
    """An article with its neighbours."""
    return db.fetch_one(
        NeighbouredRow,
        f"""
        SELECT {_COLUMNS}, neighbours.previous_id, neighbours.next_id
          FROM kb_articles article
         CROSS JOIN LATERAL (
               SELECT (SELECT other.id
                         FROM kb_articles other
                        WHERE other.category = article.category
                          AND (other.title, other.id) < (article.title, article.id)
                        ORDER BY other.title DESC, other.id DESC
                        LIMIT 1) AS previous_id,
                      (SELECT other.id
                         FROM kb_articles other
                        WHERE other.category = article.category
                          AND (other.title, other.id) > (article.title, article.id)
                        ORDER BY other.title, other.id
                        LIMIT 1) AS next_id) neighbours
         WHERE article.id = %(id)s
        """,  # noqa: S608 - a constant list of columns
        id=article_id,
    )


def search(db: Connection, asked: Search) -> list[HitRow]:
    """The articles that hold the text as it is written, or its words in any form, the best first (BR-167).

    A field counts once, however often it holds the text: title 10, description 5, a tag 3, category 2, body 1. Words
    that only all fields together hold count 1.
    """
    return db.fetch(
        HitRow,
        f"""
        SELECT {_COLUMNS},
               greatest(1, 10 * place.title::int + 5 * place.description::int + 3 * place.tags::int
                           + 2 * place.category::int + place.body::int) AS score,
               array_remove(ARRAY[CASE WHEN place.title THEN 'title' END,
                                  CASE WHEN place.description THEN 'description' END,
                                  CASE WHEN place.tags THEN 'tags' END,
                                  CASE WHEN place.category THEN 'category' END,
                                  CASE WHEN place.body THEN 'content' END], NULL) AS fields
          FROM kb_articles article
         CROSS JOIN (SELECT plainto_tsquery('english', %(q)s) AS words, lower(%(q)s) AS text) asked
         CROSS JOIN LATERAL (
               SELECT strpos(lower(article.title), asked.text) > 0
                      OR ts_filter(article.search, '{{a}}') @@ asked.words AS title,
                      strpos(lower(coalesce(article.description, '')), asked.text) > 0
                      OR ts_filter(article.search, '{{b}}') @@ asked.words AS description,
                      EXISTS (SELECT FROM unnest(article.tags) tag WHERE strpos(lower(tag), asked.text) > 0)
                      OR to_tsvector('english', cvd_tags_text(article.tags)) @@ asked.words AS tags,
                      strpos(lower(article.category), asked.text) > 0
                      OR to_tsvector('english', article.category) @@ asked.words AS category,
                      strpos(lower(article.body_md), asked.text) > 0
                      OR ts_filter(article.search, '{{d}}') @@ asked.words AS body) place
         WHERE (%(category)s::text IS NULL OR article.category = %(category)s)
           AND (%(difficulty)s::text IS NULL OR article.difficulty = %(difficulty)s)
           AND (place.title OR place.description OR place.tags OR place.category OR place.body
                OR article.search @@ asked.words)
         ORDER BY score DESC, ts_rank(article.search, asked.words) DESC, article.title, article.id
         LIMIT %(most)s
        """,  # noqa: S608 - a constant list of columns
        q=asked.q,
        category=asked.category,
        difficulty=asked.difficulty,
        most=MOST_HITS,
    )


def answering(db: Connection, question: str, *, most: int) -> list[ArticleRow]:
    """The articles that hold at least half of the words of a question, the most telling first."""
    return db.fetch(
        ArticleRow,
        f"""
        SELECT {_COLUMNS}
          FROM kb_articles article
         CROSS JOIN (SELECT tsvector_to_array(to_tsvector('english', %(question)s)) AS words,
                            replace(plainto_tsquery('english', %(question)s)::text, '&', '|')::tsquery AS any_word
                    ) asked
         WHERE article.search @@ asked.any_word
           AND 2 * (SELECT count(*)
                      FROM unnest(asked.words) word
                     WHERE word = ANY (tsvector_to_array(article.search))) >= cardinality(asked.words)
         ORDER BY ts_rank(article.search, asked.any_word) DESC, article.id
         LIMIT %(most)s
        """,  # noqa: S608 - a constant list of columns
        question=question,
        most=most,
    )


def categories(db: Connection) -> list[Category]:
    """The categories that have articles, in their order."""
    return db.fetch(
        Category,
        """
        SELECT category.name, count(*) AS article_count, coalesce(category.description, '') AS description,
               coalesce(category.icon, '') AS icon, coalesce(category.color, '#6c757d') AS color, category.sort_order
          FROM kb_categories category
          JOIN kb_articles article ON article.category = category.name
         GROUP BY category.name
         ORDER BY category.sort_order, category.name
        """,
    )


def keep_feedback(db: Connection, *, article_id: str, user_id: int, kind: str, comment: str | None) -> None:
    """Keep what a user thinks of an article."""
    db.execute(
        """
        INSERT INTO kb_feedback (article_id, user_id, kind, comment)
        VALUES (%(article_id)s, %(user_id)s, %(kind)s, %(comment)s)
            ON CONFLICT (article_id, user_id, kind) DO UPDATE SET comment = excluded.comment
        """,
        article_id=article_id,
        user_id=user_id,
        kind=kind,
        comment=comment,
    )


def write_own(db: Connection, ours: Sequence[Article]) -> int:
    """Write our own articles, those that are new or changed; how many. An imported one of the same id stays."""
    db.execute(
        """
        INSERT INTO kb_categories (name, sort_order)
        SELECT DISTINCT name, 99 FROM unnest(%(names)s::text[]) name
            ON CONFLICT (name) DO NOTHING
        """,
        names=[one.category for one in ours],
    )
    return db.execute(
        """
        INSERT INTO kb_articles AS known
               (id, title, author, category, tags, difficulty, description, body_md, word_count, read_time_minutes,
                content_hash, is_own)
        SELECT id, title, author, category, tags, difficulty, description, body_md, word_count, read_time_minutes,
               decode(content_hash, 'hex'), true
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (id text, title text, author text, category text, tags text[], difficulty text,
                       description text, body_md text, word_count integer, read_time_minutes integer,
                       content_hash text)
            ON CONFLICT (id) DO UPDATE
           SET title = excluded.title, author = excluded.author, category = excluded.category, tags = excluded.tags,
               difficulty = excluded.difficulty, description = excluded.description, body_md = excluded.body_md,
               word_count = excluded.word_count, read_time_minutes = excluded.read_time_minutes,
               content_hash = excluded.content_hash
         WHERE known.is_own
           AND known.content_hash IS DISTINCT FROM excluded.content_hash
        """,
        rows=to_json([_row(one) for one in ours]).decode(),
    )


def _row(one: Article) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "author": one.author,
        "category": one.category,
        "tags": one.tags,
        "difficulty": one.difficulty,
        "description": one.description,
        "body_md": one.body,
        "word_count": one.word_count,
        "read_time_minutes": read_time_minutes(one.word_count),
        "content_hash": one.content_hash.hex(),
    }


def drop_own_but(db: Connection, ids: Sequence[str]) -> int:
    """Remove our own articles that are none of these; how many."""
    return db.execute("DELETE FROM kb_articles WHERE is_own AND id <> ALL (%(ids)s)", ids=list(ids))
