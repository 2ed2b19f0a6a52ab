"""The one-off function that loads the articles after a deploy."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.assistant.service.loading import KNOWLEDGE
from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker

blueprint = Blueprint(__name__)

JOBS = (KNOWLEDGE,)
"""All of it, to be run by hand."""


@worker(blueprint, "knowledge", concurrency=1, ships=["chalicelib/assistant/articles"])
def knowledge(_event: dict[str, Any], _context: object) -> Stats:  # Any: the JSON that Lambda hands over
    """Load our own articles into the knowledge base."""
    return job.run(KNOWLEDGE)
