"""The scripts of the pages against the contract: no call that a page makes and no field that it reads is left out."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.pages.script import Script, Step, scripts

CONTRACT = Path(__file__).parents[2] / "docs" / "spec" / "contract.yaml"
SCRIPTS = scripts()

NOT_LIVE = re.compile(r"^none$|^api\.js|^ai_services/|enhanced-search|call commented out|^auth-check\.js")
"""No page, methods that no page calls, and code that never runs."""

NEVER_THERE = {
    "index: GET /api/auth/current-user name",
    "driver-app: GET /api/auth/current-user name",
    "new-device: GET /api/cabinet-types type_id",
    "planogram: GET /api/devices name",
    "database-viewer: GET /api/devices deviceType",
    "route-schedule: POST /api/service-orders id",
    "knowledge-base: GET /api/knowledge-base/articles view_count",
}
"""Fields that a script asks for beside the one that it gets, and does without."""

HARD_TO_REFUSE = {
    "database-viewer: POST /api/metrics/calculate error",
    "knowledge-base: GET /api/knowledge-base/articles error",
}
"""Two calculations at once are refused, as tests/planning proves; a list without parameters refuses nothing."""

SENTENCES = {"same"}
"""Words of the contract that look like a field."""


def used() -> Iterator[tuple[str, str, list[str]]]:
    """Every use of an endpoint by a live file: the file, the endpoint, what is read."""
    for endpoint in yaml.safe_load(CONTRACT.read_text())["endpoints"]:
        for use in endpoint.get("used_by", []):
            if not NOT_LIVE.search(use["file"]):
                yield use["file"], endpoint["endpoint"], use.get("reads") or []


def scripts_of(file: str) -> Mapping[str, Script]:
    found = {name: script for name, script in SCRIPTS.items() if any(_is_named(part, file) for part in script.files)}
    assert found, f"no script plays {file}"
    return found


def _is_named(part: str, file: str) -> bool:
    return bool(re.search(rf"(^|[ /,]){re.escape(part)}", file))


def plain(call: str) -> str:
    return re.sub(r"\$?\{[^}]*\}", "{}", call.split("?")[0])


def steps_for(script: Script, endpoint: str) -> list[Step]:
    wanted = re.compile(re.sub(r"\\\{\\\}", r"[^/]+", re.escape(plain(endpoint))))
    return [step for step in script.steps if wanted.fullmatch(plain(f"{step.method} /api{step.path}"))]


def fields(reads: list[str]) -> set[str]:
    """The last name of each path; sentences are not paths."""
    paths = [
        path
        for read in reads
        if read not in SENTENCES
        for path in str(read).split("|")
        if re.fullmatch(r"[\w.<>\[\]*]+", path)
    ]
    return {names[-1] for path in paths if (names := re.findall(r"\w+", re.sub(r"<\w+>|\.length$", "", path)))}


def words(step: Step) -> set[str]:
    return {word for path in step.reads for word in re.findall(r"\w+", path)}


@pytest.mark.parametrize(("file", "endpoint", "reads"), list(used()))
def test_every_call_of_a_page_is_in_its_script_with_what_is_read(file: str, endpoint: str, reads: list[str]) -> None:
    for name, script in scripts_of(file).items():
        steps = steps_for(script, endpoint)
        assert steps, f"{name} does not call {endpoint}"
        read = set().union(*map(words, steps))
        missing = {f"{name}: {endpoint} {field}" for field in fields(reads) - read}
        assert missing <= NEVER_THERE | HARD_TO_REFUSE


def test_every_script_begins_as_its_page_does() -> None:
    assert {name for name, script in SCRIPTS.items() if script.steps[0].call != "GET /auth/current-user"} == {
        "advice-panel",
        "driver-order",
        "profile",
    }
