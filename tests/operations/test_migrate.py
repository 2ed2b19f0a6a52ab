"""The schema goes up and down, revision by revision, and is proven equal to its snapshot."""

import json

import psycopg
import pytest

from chalicelib.kit.errors import BadRequest
from chalicelib.operations import migrations
from chalicelib.operations.workers import migrate
from tests.operations.rows import ROWS
from tools.migrate.__main__ import main

LEFT_OVER = """
    SELECT format('%s %s', kind, name)
      FROM (SELECT 'relation' AS kind, relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
             UNION ALL
            SELECT 'function', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
             UNION ALL
            SELECT 'schema', nspname FROM pg_namespace WHERE nspname !~ '^(pg_.*|information_schema|public)$'
             UNION ALL
            SELECT 'type', typname FROM pg_type WHERE typnamespace = 'public'::regnamespace) things
     WHERE name NOT LIKE '%alembic_version%'
"""


def left_over(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute(LEFT_OVER)]


def test_an_empty_database_goes_to_the_head_and_is_what_the_snapshot_says(empty):
    assert migrations.status(empty).current is None
    planned = [step.revision for step in migrations.plan(empty)]

    applied = [step.revision for step in migrations.upgrade(empty)]

    assert applied == planned == [step.revision for step in migrations.revisions()]
    assert migrations.verify(empty) == []
    assert migrations.plan(empty) == []
    assert migrations.status(empty).pending == 0
    assert migrations.upgrade(empty) == []


def test_a_full_database_goes_to_the_base_and_back_and_leaves_nothing_behind(empty):
    migrations.upgrade(empty)
    with psycopg.connect(empty) as connection:
        connection.execute(ROWS.encode())

    undone = [step.revision for step in migrations.downgrade(empty, revision="base")]

    assert undone == [step.revision for step in reversed(migrations.revisions())]
    assert left_over(empty) == []
    migrations.upgrade(empty)
    assert migrations.verify(empty) == []


def test_every_revision_can_be_taken_back_by_itself(empty):
    for step in migrations.revisions():
        before = migrations.snapshot(empty)
        migrations.upgrade(empty, step.revision)
        after = migrations.snapshot(empty)
        assert after != before or "seed" in step.title.lower(), step.title

        back = migrations.status(empty).current
        assert back == step.revision
        lower = [other.revision for other in migrations.revisions() if other.revision < step.revision]
        migrations.downgrade(empty, revision=lower[-1] if lower else "base")
        if lower:
            assert migrations.snapshot(empty) == before, step.title
        migrations.upgrade(empty, step.revision)
        assert migrations.snapshot(empty) == after, step.title


def test_every_revision_says_its_purpose_its_impact_and_its_way_back():
    for step in migrations.revisions():
        for word in ("Purpose:", "Impact:", "Way back:"):
            assert word in step.description, f"{step.revision} does not say its {word}"


def test_the_seed_may_run_twice_and_keeps_what_was_changed(empty):
    migrations.upgrade(empty)
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("UPDATE company_settings SET currency = 'EUR'")
        connection.execute("UPDATE cabinet_types SET name = 'AMBIENT' WHERE name = 'Ambient'")
        connection.execute("UPDATE alembic_version SET version_num = '0013'")
        migrations.upgrade(empty, "0014")
        assert connection.execute("SELECT currency FROM company_settings").fetchall() == [("EUR",)]
        assert connection.execute("SELECT count(*) FROM cabinet_types").fetchone() == (6,)
        assert connection.execute("SELECT count(*) FROM device_types").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM locations WHERE is_default").fetchone() == (1,)


def test_a_second_run_at_the_same_time_is_refused(empty):
    with psycopg.connect(empty) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [migrations.LOCK])

        with pytest.raises(migrations.MigrationRunning):
            migrations.upgrade(empty)

    assert migrations.status(empty).current is None


def test_an_unknown_revision_is_refused_before_anything_happens(empty):
    with pytest.raises(BadRequest, match="no revision 9999"):
        migrations.upgrade(empty, "9999")

    assert migrations.status(empty).current is None


def test_the_one_off_function_answers_each_command_with_json(empty, monkeypatch):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", empty)
    head = migrations.revisions()[-1].revision

    answers = [
        migrate({"command": command, **more}, None)
        for command, more in (
            ("plan", {}),
            ("upgrade", {}),
            ("status", {}),
            ("verify", {}),
            ("downgrade", {"revision": "base"}),
        )
    ]

    plan, upgraded, status, verified, undone = json.loads(json.dumps(answers))
    assert [step["revision"] for step in plan["pending"]] == [step["revision"] for step in upgraded["applied"]]
    assert (status["current"], status["pending"]) == (head, 0)
    assert verified == {"command": "verify", "differences": [], "matches": True}
    assert undone["undone"][0]["revision"] == head


def test_a_downgrade_without_a_revision_is_refused(empty, monkeypatch):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", empty)

    with pytest.raises(BadRequest, match="must name the revision"):
        migrate({"command": "downgrade"}, None)


def test_the_commands_tell_what_they_did(empty, monkeypatch, capsys):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", empty)

    assert main(["plan"]) == 0
    assert main(["upgrade", "0002"]) == 0
    assert main(["verify"]) == 1
    assert main(["status"]) == 0
    assert main(["downgrade", "base"]) == 0
    assert main(["upgrade", "nonsense"]) == 1

    printed = capsys.readouterr()
    assert "applied 0002 Identity" in printed.out
    assert "missing: table routes" in printed.out
    assert "undone 0001" in printed.out
    assert "There is no revision nonsense." in printed.err


def test_a_command_without_a_database_says_which_variable_is_missing(monkeypatch, capsys):
    monkeypatch.delenv("MIGRATION_DATABASE_URL", raising=False)

    assert main(["status"]) == 1
    assert "MIGRATION_DATABASE_URL" in capsys.readouterr().err
