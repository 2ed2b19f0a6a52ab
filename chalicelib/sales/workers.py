"""The schedules of sales."""

from datetime import date
from typing import Annotated, Any

from chalice.app import Blueprint, CloudWatchEvent
from pydantic import BaseModel, ConfigDict, StringConstraints

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.sales import service
from chalicelib.sales.service import archive

blueprint = Blueprint(__name__)

JOBS = (service.ROLLUP, archive.SALES_ARCHIVE)
"""All of it, to be run by hand."""


@worker(blueprint, "sales_rollup", schedule="cron(30 7 * * ? *)", timeout=900)
def sales_rollup(_event: CloudWatchEvent) -> Stats:
    """Make the daily rollup of the last days anew, each night."""
    return job.run(service.ROLLUP)


@worker(
    blueprint,
    "sales_archive",
    schedule="cron(30 8 * * ? *)",
    grants=["s3:PutObject", "s3:GetObject", "s3:ListBucket", "kms:GenerateDataKey", "kms:Decrypt"],
    memory=512,
    timeout=900,
)
def sales_archive(_event: CloudWatchEvent) -> Stats:
    """Put the months of sales that are past their time into the archive, each night."""
    return job.run(archive.SALES_ARCHIVE)


class MonthWanted(BaseModel):
    """Which month is to be brought back, as `2024-01`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


@worker(
    blueprint,
    "sales_restore",
    grants=["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
    memory=512,
    timeout=900,
    concurrency=1,
)
def sales_restore(event: dict[str, Any], _context: object) -> Stats:  # Any: the JSON that Lambda hands over
    """Bring a month of sales back from the archive, for 30 days."""
    wanted = MonthWanted.model_validate(event)
    return job.run(archive.restoring(date.fromisoformat(f"{wanted.month}-01")))
