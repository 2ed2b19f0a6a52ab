"""Loading our own articles into the knowledge base; safe to repeat, unchanged ones keep their date."""

from pathlib import Path

from chalicelib.assistant import rules
from chalicelib.assistant.queries import knowledge
from chalicelib.assistant.rules import Article
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats

FOLDER = Path(__file__).parents[1] / "articles"


def own_articles(folder: Path = FOLDER) -> list[Article]:
    """The articles that come with the code, by their ids."""
    return [rules.article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]


def load() -> Stats:
    """Write our articles, and remove those of ours that are no more. Imported articles are left alone."""
    ours = own_articles()
    with transaction() as db:
        written = knowledge.write_own(db, ours)
        removed = knowledge.drop_own_but(db, [one.id for one in ours])
    return {"articles": len(ours), "written": written, "removed": removed}


KNOWLEDGE = Job("knowledge", load)
