"""The knowledge base."""

from chalice.app import Blueprint

from chalicelib.assistant.errors import ArticleNotFound, QueryTooShort
from chalicelib.assistant.models.knowledge import (
    ArticleList,
    ArticleShown,
    CategoryList,
    Feedback,
    FeedbackKept,
    Search,
    SearchResults,
    StatsShown,
)
from chalicelib.assistant.service import knowledge
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import EVERYONE
from chalicelib.kit.sheet import Sheet

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/knowledge-base/articles", roles=EVERYONE, sheet=Sheet("articles"))
def list_articles(call: Call) -> ArticleList:
    """List the articles by category and title, without their bodies."""
    return knowledge.articles(call)


@endpoint(blueprint, "GET", "/api/knowledge-base/articles/{article_id}", roles=EVERYONE, refusals=[ArticleNotFound])
def show_article(call: Call, article_id: str) -> ArticleShown:
    """Show an article, as safe HTML and as Markdown, with its neighbours."""
    return knowledge.article(call, article_id)


@endpoint(
    blueprint, "GET", "/api/knowledge-base/search", roles=EVERYONE, refusals=[QueryTooShort], sheet=Sheet("results")
)
def search_articles(call: Call, query: Search) -> SearchResults:
    """Search the articles: a hit in the title counts most, then description, tags, category, text."""
    return knowledge.search(call, query)


@endpoint(blueprint, "GET", "/api/knowledge-base/categories", roles=EVERYONE, sheet=Sheet("categories"))
def list_article_categories(call: Call) -> CategoryList:
    """List the categories that have articles, with how many."""
    return knowledge.categories(call)


@endpoint(blueprint, "GET", "/api/knowledge-base/stats", roles=EVERYONE)
def show_knowledge_stats(call: Call) -> StatsShown:
    """Show the knowledge base in figures."""
    return knowledge.stats(call)


@endpoint(blueprint, "POST", "/api/knowledge-base/feedback", roles=EVERYONE, refusals=[ArticleNotFound])
def keep_article_feedback(call: Call, body: Feedback) -> FeedbackKept:
    """Say what one thinks of an article. The same kind of feedback again takes the place of the earlier one."""
    return knowledge.keep_feedback(call, body)
