"""Files that no photo refers to are removed."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kit import job
from chalicelib.orders.rules import filing
from chalicelib.orders.service.photo_sweep import PHOTO_SWEEP
from tests.orders.conftest import NOON
from tests.orders.pictures import digest, form, png

PATH = "/api/service-orders"


@pytest.mark.rule("BR-132")
def test_uploads_that_were_never_confirmed_go_and_photos_stay(
    driver: Any, order: Any, cloud: Any, advance: Any
) -> None:
    s3, bucket = cloud.place.client("s3"), cloud.environment["CVD_FILES_BUCKET"]

    def kept() -> set[str]:
        return {found["Key"] for found in s3.list_objects_v2(Bucket=bucket, Prefix="photos/").get("Contents", [])}

    driver.post(f"{PATH}/photos", **form(png(), orderId=order.id))
    (photo,) = kept()
    left_behind = filing.key_of(NOON, order.id, b"\1" * 32)
    s3.put_object(Bucket=bucket, Key=left_behind, Body=b"never confirmed")

    assert job.run(PHOTO_SWEEP) == {"left_behind": 0, "redacted": 0}
    advance(weeks=2)
    job.run(PHOTO_SWEEP)
    assert kept() == {photo, left_behind}
    advance(weeks=1)
    assert job.run(PHOTO_SWEEP) == {"left_behind": 1, "redacted": 0}
    assert kept() == {photo}


@pytest.mark.rule("BR-134")
def test_what_a_redaction_could_not_remove_goes_with_the_next_sweep(
    admin: Any, driver: Any, order: Any, cloud: Any
) -> None:
    photo = driver.post(f"{PATH}/photos", **form(png(), orderId=order.id)).json["photoId"]
    admin.delete(f"{PATH}/{order.id}/photos/{photo}")
    s3, bucket = cloud.place.client("s3"), cloud.environment["CVD_FILES_BUCKET"]
    s3.put_object(Bucket=bucket, Key=filing.key_of(NOON, order.id, bytes.fromhex(digest(png()))), Body=png())

    assert job.run(PHOTO_SWEEP) == {"left_behind": 0, "redacted": 1}
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket, Prefix="photos/")


@pytest.mark.rule("US-086")
@pytest.mark.parametrize("days", range(8))
def test_an_upload_can_be_confirmed_for_a_week_and_is_swept_only_later(days: int) -> None:
    put = filing.key_of(NOON, 7, b"\2" * 32)

    assert put in filing.keys_to_confirm(NOON + timedelta(days=days), 7, b"\2" * 32)
    for week in range(3):
        folders = list(filing.folders_to_sweep(NOON + timedelta(weeks=week, days=-NOON.weekday())))
        assert not any(put.startswith(folder) for folder in folders)
