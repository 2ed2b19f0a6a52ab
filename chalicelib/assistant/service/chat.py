"""Answering questions: from the fleet's own data and the articles, by a model only where one is configured (US-008)."""

import re
from collections.abc import Sequence

from chalicelib.assistant import rules
from chalicelib.assistant.errors import AssistantUnavailable, MessageTooLong
from chalicelib.assistant.models.chat import LONGEST_MESSAGE, AnsweredBy, Question, Reply, Source, Use
from chalicelib.assistant.queries import knowledge, uses
from chalicelib.assistant.queries.knowledge import ArticleRow
from chalicelib.assistant.service import facts, model
from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

QUESTIONS_A_MINUTE = 20
MOST_ARTICLES = 3
LONGEST_ARTICLE = 3000
FALLBACK = "[Fallback Mode] "

_HOW_TO = re.compile(
    r"\s*(?:how (?:do|can|to|should|does)|what (?:is|are) an?\b|explain|help|why|where (?:do|can))", re.I
)


@value
class _Known:
    """What we know about a question without a model."""

    told: Sequence[str]
    articles: Sequence[ArticleRow]
    facts: Sequence[str]

    @property
    def sources(self) -> list[Source]:
        return [Source(id=row.id, title=row.title) for row in self.articles]


def answer(call: Call, question: Question) -> Reply:
    """Answer a question. Raises `AssistantUnavailable` when nobody can (BR-169)."""
    if len(question.message) > LONGEST_MESSAGE:
        raise MessageTooLong
    with call.transaction() as db:
        rate_limit.spend(db, "chat", str(call.principal.user_id), QUESTIONS_A_MINUTE, 60, call.now)
    named = settings().assistant_model
    with call.transaction(read_only=True):
        known = _known(call, question.message, everything=named is not None)
    if named is not None:
        return _by_model(call, named, question.message, known)
    return _by_ourselves(call, known)


def _known(call: Call, message: str, *, everything: bool) -> _Known:
    is_how_to = _HOW_TO.match(message) is not None
    articles = knowledge.answering(call.db, message, most=MOST_ARTICLES)
    topics = [] if is_how_to and articles else facts.meant(message)
    told = [topic.tell(call) for topic in topics]
    others = [topic.tell(call) for topic in facts.TOPICS if topic not in topics] if everything else []
    return _Known(told, articles, [*told, *others])


def _by_model(call: Call, named: str, message: str, known: _Known) -> Reply:
    pages = [f"{row.title}\n{row.body_md[:LONGEST_ARTICLE]}" for row in known.articles]
    completion = model.ask(named, message, known.facts, pages)
    if completion is None:
        return _by_ourselves(call, known, failed=named)
    _note(call, Use("model", named, completion.input_tokens, completion.output_tokens))
    return _reply(completion.text, "model", known)


def _by_ourselves(call: Call, known: _Known, failed: str | None = None) -> Reply:
    """The answer without a model; `failed` names one that was asked in vain."""
    if not known.told and not known.articles:
        _note(call, Use("nobody", failed))
        raise AssistantUnavailable if failed is None else AssistantUnavailable("The assistant does not answer now.")
    own: AnsweredBy = "fleet" if known.told else "articles"
    text = " ".join(known.told) if known.told else _article_text(known.articles)
    _note(call, Use("fallback" if failed else own, failed))
    return _reply(f"{FALLBACK}{text}", "fallback", known) if failed else _reply(text, own, known)


def _article_text(articles: Sequence[ArticleRow]) -> str:
    first = articles[0]
    more = "".join(f" See also: {row.title}." for row in articles[1:])
    return f"{first.title}: {first.description or rules.preview(first.body_md)} Read it in the knowledge base.{more}"


def _reply(text: str, answered_by: AnsweredBy, known: _Known) -> Reply:
    # Names come from people; the page may show this as HTML, so nothing in it can be a tag.
    safe = text.replace("<", "‹").replace(">", "›")
    return Reply(response=safe, answered_by=answered_by, articles=known.sources)


def _note(call: Call, use: Use) -> None:
    with call.transaction() as db:
        uses.note(db, call.principal.user_id, use, call.now)
