"""The schedule that checks the books of stock."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.stock import service

blueprint = Blueprint(__name__)

JOBS = (service.LEDGER_CHECK,)
"""All of it, to be run by hand."""


@worker(blueprint, "ledger_check", schedule="cron(15 8 * * ? *)", timeout=900)
def ledger_check(_event: CloudWatchEvent) -> Stats:
    """Compare the ledger with what the slots say, each night; a difference fails the run."""
    return job.run(service.LEDGER_CHECK)
