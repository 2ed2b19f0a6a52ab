"""Asking for imports and exports, and for how far they have come. No transaction is open while files move."""

import json
import uuid
from collections.abc import Sequence

from chalicelib.exchange import rules
from chalicelib.exchange.errors import FileMissing, JobNotFound, NotStartable
from chalicelib.exchange.events import ExportAsked, ImportAsked
from chalicelib.exchange.models import jobs as models
from chalicelib.exchange.queries import jobs as queries
from chalicelib.exchange.queries.jobs import Direction, Job
from chalicelib.kit import aws, files, logs
from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings


def bring_in(call: Call, wish: models.ImportWish) -> models.Import:
    """Take a file in, or say where it is to be sent."""
    key = f"exchange/in/{uuid.uuid4()}"
    content = wish.content.encode() if wish.content is not None else None
    if content is not None:
        files.put(key, content)
        file = (key, len(content), rules.sha256(content))
    else:
        file = (key, wish.size or 0, wish.sha256 or "")
    with call.transaction() as db:
        job = queries.insert(
            db,
            direction="import",
            entity=wish.entity,
            form=wish.format,
            is_dry_run=wish.dry_run,
            status="waiting" if content is None else "queued",
            by=call.principal.user_id,
            file=file,
        )
        call.record(ImportAsked(resource_id=job.id, entity=wish.entity, dry_run=wish.dry_run))
    if content is not None:
        queue([job.id])
        return _import(job)
    url, headers = files.upload_address(key, wish.size or 0, bytes.fromhex(wish.sha256 or ""))
    return _import(job, models.Upload(url=url, headers=headers))


def start(call: Call, job_id: int) -> models.Import:
    """Start an import whose file has been sent, or take one up again that had failed: what is done stays done."""
    with call.transaction(read_only=True) as db:
        job = _there(queries.one(db, "import", job_id))
    if job.status not in ("waiting", "failed"):
        raise NotStartable
    if not files.is_there(job.file_key or ""):
        raise FileMissing
    with call.transaction() as db:
        job = _there(queries.one(db, "import", job_id, lock=True))
        if job.status not in ("waiting", "failed"):
            raise NotStartable
        queries.queue(db, job_id)
        started = _there(queries.one(db, "import", job_id))
    queue([job_id])
    return _import(started)


def one_import(call: Call, job_id: int) -> models.Import:
    """How far an import has come."""
    return _import(_there(queries.one(call.db, "import", job_id)))


def imports(call: Call, asked: models.PageAsked) -> models.ImportPage:
    """Imports, the newest first."""
    found, following = _page(call, "import", asked)
    return models.ImportPage(imports=[_import(job) for job in found], next=following)


def refusals(call: Call, job_id: int, asked: models.RefusalsAsked) -> models.RefusedRows:
    """The rows that an import left out."""
    _there(queries.one(call.db, "import", job_id))
    found = queries.refusals(call.db, job_id, after=asked.after, limit=asked.limit + 1)
    shown = [
        models.RefusedRow(entity=row.entity, row=row.row_no, field=row.field, problem=row.problem)
        for row in found[: asked.limit]
    ]
    return models.RefusedRows(refused=shown, next=asked.after + asked.limit if len(found) > asked.limit else None)


def take_out(call: Call, wish: models.ExportWish) -> models.Export:
    """Have the fleet written into files."""
    with call.transaction() as db:
        job = queries.insert(
            db,
            direction="export",
            entity="fleet",
            form=wish.format,
            is_dry_run=False,
            status="queued",
            by=call.principal.user_id,
        )
        call.record(ExportAsked(resource_id=job.id, form=wish.format))
    queue([job.id])
    return _export(job)


def one_export(call: Call, job_id: int) -> models.Export:
    """How far an export has come, and where its file is."""
    with call.transaction(read_only=True) as db:
        job = _there(queries.one(db, "export", job_id))
    key = (job.manifest or {}).get("key")
    return _export(job, url=files.address(key, f"fleet-{job.id}.zip") if key else None)


def exports(call: Call, asked: models.PageAsked) -> models.ExportPage:
    """Exports, the newest first, without addresses."""
    found, following = _page(call, "export", asked)
    return models.ExportPage(exports=[_export(job) for job in found], next=following)


def queue(job_ids: Sequence[int]) -> int:
    """Hand jobs to the queue; how many it took. What it did not take the sweep finds in the database."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    address, taken = settings().exchange_queue_url, 0
    for job_id in job_ids if address else ():
        try:
            aws.client("sqs").send_message(QueueUrl=address, MessageBody=json.dumps({"jobId": job_id}))
        except (BotoCoreError, ClientError) as error:
            # The job is stored, which is what was promised; the sweep queues it again.
            logs.logger().warning("a job could not be queued", job_id=job_id, cause=type(error).__name__)
            continue
        taken += 1
    return taken


def _page(call: Call, direction: Direction, asked: models.PageAsked) -> tuple[list[Job], int | None]:
    found = queries.page(call.db, direction, before=asked.before, limit=asked.limit + 1)
    shown = found[: asked.limit]
    return shown, shown[-1].id if len(found) > asked.limit else None


def _there(job: Job | None) -> Job:
    if job is None:
        raise JobNotFound
    return job


def _import(job: Job, upload: models.Upload | None = None) -> models.Import:
    return models.Import(
        id=job.id,
        entity=job.entity,
        format=job.form,
        dry_run=job.is_dry_run,
        status=job.status,
        rows=models.Rows(
            total=job.rows_total,
            created=job.rows_created,
            updated=job.rows_updated,
            unchanged=job.rows_unchanged,
            refused=job.rows_refused,
        ),
        error=job.error,
        upload=upload,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _export(job: Job, *, url: str | None = None) -> models.Export:
    manifest = job.manifest or {}
    return models.Export(
        id=job.id,
        format="csv" if job.form == "csv" else "jsonl",
        status=job.status,
        files=models.told_files(manifest),
        sales_left_behind=manifest.get("salesLeftBehind"),
        sales_archived=manifest.get("salesArchived"),
        url=url,
        error=job.error,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )
