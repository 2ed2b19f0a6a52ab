"""Loading our own articles."""

from chalicelib.assistant.jobs import JOBS
from chalicelib.assistant.service import loading
from chalicelib.kit import job
from chalicelib.kit.db import Connection

OURS = len(loading.own_articles())


def test_loading_again_changes_nothing(db: Connection) -> None:
    first = job.run(JOBS["knowledge"])
    before = db.values("SELECT updated_at FROM kb_articles ORDER BY id")

    assert first == {"articles": OURS, "written": OURS, "removed": 0}
    assert job.run(JOBS["knowledge"]) == {"articles": OURS, "written": 0, "removed": 0}
    assert db.values("SELECT updated_at FROM kb_articles ORDER BY id") == before


def test_what_was_changed_is_put_right_and_what_is_gone_is_removed(db: Connection) -> None:
    loading.load()
    db.execute("UPDATE kb_articles SET content_hash = NULL, body_md = 'old' WHERE id = 'planograms'")
    db.execute(
        "INSERT INTO kb_articles (id, title, category, difficulty, body_md, is_own)"
        " VALUES ('old-one', 'Old', 'Drivers', 'Beginner', 'old', true)"
    )

    assert loading.load() == {"articles": OURS, "written": 1, "removed": 1}
    assert db.values("SELECT id FROM kb_articles WHERE body_md = 'old'") == []


def test_imported_articles_are_left_alone(db: Connection) -> None:
    for article_id in ("imported", "planograms"):
        db.execute(
            "INSERT INTO kb_articles (id, title, category, difficulty, body_md)"
            " VALUES (%(id)s, 'Theirs', 'Drivers', 'Beginner', 'theirs')",
            id=article_id,
        )

    assert loading.load()["removed"] == 0
    assert db.values("SELECT id FROM kb_articles WHERE body_md = 'theirs' ORDER BY id") == ["imported", "planograms"]
