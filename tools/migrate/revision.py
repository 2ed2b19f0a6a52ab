"""Beginning a new revision."""

import re
from pathlib import Path

from alembic.util import template_to_file

from chalicelib.operations import migrations


class IncompleteRevision(ValueError):
    """A revision without its reason, its impact or its way back."""


def begin(title: str, *, purpose: str, impact: str, way_back: str, folder: Path | None = None) -> Path:
    """Write the next revision's file from the template, with everything but its SQL."""
    for name, text in (("purpose", purpose), ("impact", impact), ("way back", way_back)):
        if not text.strip():
            raise IncompleteRevision(f"Say the {name} of the revision.")
    newest = migrations.revisions()[-1].revision
    number = f"{int(newest) + 1:04}"
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    path = (folder or migrations.FOLDER / "versions") / f"{number}_{slug}.py"
    template_to_file(
        str(migrations.FOLDER / "script.py.mako"),
        str(path),
        "utf-8",
        message=title,
        purpose=purpose.strip(),
        impact=impact.strip(),
        way_back=way_back.strip(),
        up_revision=number,
        down_revision=newest,
    )
    return path
