"""The one-off function `migrate`, run from its own archive and layers against an empty database, there and back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit import schema
from tests.gateway.conftest import built
from tools.gateway.pool import Pool
from tools.gateway.sandbox import Failed, Place
from tools.local.postgres import MIGRATOR_ROLE, Postgres
from tools.package.functions import named

DATABASE = "migrate_packaged"


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database, for its owner."""
    postgres.ensure_database(DATABASE)
    yield postgres.url(DATABASE, user=MIGRATOR_ROLE)
    with postgres.session() as session:
        postgres.drop_database(DATABASE, session)


@pytest.mark.slow
def test_the_schema_goes_up_is_verified_and_goes_down_again(empty: str, tmp_path: Path) -> None:
    build = built(tmp_path, [named("worker-migrate")])
    settings = {"CVD_STAGE": "test", "MIGRATION_DATABASE_URL": empty}

    with Pool(Place(build, settings)) as pool:

        def migrate(command: str, **given: str) -> Any:
            event = json.dumps({"command": command, **given}).encode()
            return json.loads(pool.invoke(build.functions["worker-migrate"], event))

        plan = migrate("plan")["pending"]
        assert (plan[0]["revision"], plan[-1]["revision"]) == ("0001", schema.REVISION)
        assert all(step["description"] for step in plan)
        assert [step["revision"] for step in migrate("upgrade")["applied"]] == [step["revision"] for step in plan]
        assert migrate("verify") == {"command": "verify", "differences": [], "matches": True}
        assert migrate("status") == {
            "command": "status",
            "current": schema.REVISION,
            "head": schema.REVISION,
            "pending": 0,
        }
        assert [step["revision"] for step in migrate("downgrade", revision="0001")["undone"]][-1] == "0002"
        assert migrate("status")["current"] == "0001"
        with pytest.raises(Failed, match="must name"):
            migrate("downgrade")
