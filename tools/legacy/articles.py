"""The Markdown files of the legacy knowledge base, each with its front matter (BR-168)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from tools.legacy.refusal import Refused
from tools.legacy.report import Issues

_FRONT: Final = re.compile(r"---\s*\n(.*?)\n---\s*(?:\n|$)(.*)", re.DOTALL)
_NEEDED: Final = ("title", "author", "category", "tags", "difficulty")
_DIFFICULTIES: Final = frozenset({"Beginner", "Intermediate", "Advanced"})


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One Markdown file; its name without the ending is its id."""

    id: str
    title: str
    author: str
    category: str
    tags: tuple[str, ...]
    difficulty: str
    description: str | None
    body: str
    changed_at: datetime


def read(folder: Path, issues: Issues) -> Iterator[ArticleFile]:
    """Every article of the folder and those below it; a file without the front matter is named and left out."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder} with articles.")
    for path in sorted(folder.rglob("*.md")):
        if path.stem.lower() == "readme":
            continue
        article = _article(path)
        if article is None:
            issues.add("error", "ARTICLE_WITHOUT_FRONT_MATTER", "knowledge_base_articles", path.stem)
        else:
            yield article


def _article(path: Path) -> ArticleFile | None:
    match = _FRONT.match(path.read_text(encoding="utf-8", errors="replace").replace("\0", "").replace("\r\n", "\n"))
    front = _front_matter(match[1]) if match else {}
    if match is None or any(not front.get(name) for name in _NEEDED) or front["difficulty"] not in _DIFFICULTIES:
        return None
    tags = front["tags"] if isinstance(front["tags"], list) else str(front["tags"]).split(",")
    return ArticleFile(
        id=path.stem,
        title=str(front["title"])[:200],
        author=str(front["author"]),
        category=str(front["category"])[:80],
        tags=tuple(str(tag).strip() for tag in tags),
        difficulty=front["difficulty"],
        description=str(front["description"]) if front.get("description") else None,
        body=match[2].strip(),
        changed_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )


def _front_matter(written: str) -> dict[str, Any]:
    try:
        front = yaml.safe_load(written)
    except yaml.YAMLError:
        return {}
    return front if isinstance(front, dict) else {}
