"""Page by page: the calls of the existing frontend, in its order, answered as its scripts need."""

import pytest

from tests.pages.conftest import Play
from tests.pages.script import scripts

SCRIPTS = scripts()
VISITS = [(name, role) for name, script in SCRIPTS.items() for role in script.roles]


@pytest.mark.parametrize(("name", "role"), VISITS)
def test_a_page_gets_what_its_script_reads(name: str, role: str, play: Play) -> None:
    play(SCRIPTS[name], role)
