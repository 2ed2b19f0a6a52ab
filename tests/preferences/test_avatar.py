"""Uploading, showing and removing an avatar."""

import base64
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.people import SignedIn
from tests.support.services import TestCloud

BOUNDARY = "----avatar"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + b"\x00\xff" * 100
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)


def form(content: bytes, name: str = "avatar", content_type: str = "image/png") -> dict[str, Any]:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="me.png"\r\n'
        f"Content-Type: {content_type}\r\n\r\n"
    )
    return {
        "body": head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
        "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
    }


def path(user_id: int) -> str:
    return f"/api/user/{user_id}/avatar"


def stored(cloud: TestCloud) -> list[bytes]:
    s3, bucket = cloud.place.client("s3"), cloud.environment["CVD_FILES_BUCKET"]
    found = s3.list_objects_v2(Bucket=bucket, Prefix="avatars/").get("Contents", [])
    return [s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in found]


@pytest.mark.parametrize(("content", "kind"), [(PNG, "png"), (JPEG, "jpeg"), (WEBP, "webp")])
def test_a_picture_is_stored_byte_for_byte_and_answered_as_a_data_url(
    driver: SignedIn, cloud: TestCloud, content: bytes, kind: str
) -> None:
    answer = driver.post(path(driver.user_id), **form(content, content_type="text/plain"))

    assert answer.status == 200
    assert answer.json == {"avatar": f"data:image/{kind};base64,{base64.b64encode(content).decode()}"}
    assert driver.get(path(driver.user_id)).json == answer.json
    assert stored(cloud) == [content]


def test_the_next_picture_takes_the_place_of_the_earlier_one(viewer: SignedIn, cloud: TestCloud) -> None:
    viewer.post(path(viewer.user_id), **form(PNG))
    viewer.post(path(viewer.user_id), **form(JPEG))

    assert stored(cloud) == [JPEG]


def test_a_removed_avatar_is_gone_and_may_be_removed_again(viewer: SignedIn, cloud: TestCloud, db: Connection) -> None:
    viewer.post(path(viewer.user_id), **form(PNG))

    assert [viewer.delete(path(viewer.user_id)).status for _ in range(2)] == [200, 200]
    assert stored(cloud) == []
    assert viewer.get(path(viewer.user_id)).status == 404
    assert db.values("SELECT action FROM audit_events WHERE action LIKE 'avatar.%' ORDER BY id") == [
        "avatar.changed",
        "avatar.removed",
    ]


def test_an_admin_may_change_and_remove_anybodys(admin: SignedIn, viewer: SignedIn) -> None:
    assert admin.post(path(viewer.user_id), **form(PNG)).status == 200
    assert viewer.get(path(viewer.user_id)).status == 200
    assert admin.delete(path(viewer.user_id)).status == 200


@pytest.mark.rule("US-113")
def test_others_are_turned_away(manager: SignedIn, viewer: SignedIn) -> None:
    viewer.post(path(viewer.user_id), **form(PNG))

    assert manager.get(path(viewer.user_id)).status == 403
    assert manager.post(path(viewer.user_id), **form(JPEG)).status == 403
    assert manager.delete(path(viewer.user_id)).status == 403


@pytest.mark.rule("BR-032")
def test_of_the_protected_admin_nobody_else_sees_any(admin: SignedIn, db: Connection) -> None:
    protected = factories.user(db, "protectedone", role="admin")
    db.execute("UPDATE users SET is_protected = true WHERE id = %(id)s", id=protected)

    assert admin.post(path(protected), **form(PNG)).status == 404


def test_the_empty_json_that_the_page_sends_is_refused(viewer: SignedIn) -> None:
    answer = viewer.post(path(viewer.user_id), json={})

    assert answer.status == 400
    assert "avatar" in answer.json["error"]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(
    viewer: SignedIn, cloud: TestCloud, content: bytes
) -> None:
    assert viewer.post(path(viewer.user_id), **form(content)).status == 400
    assert stored(cloud) == []


def test_another_field_or_a_broken_form_is_refused(viewer: SignedIn) -> None:
    broken = {"body": b"--x", "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}}

    assert viewer.post(path(viewer.user_id), **form(PNG, name="file")).status == 400
    assert viewer.post(path(viewer.user_id), **broken).status == 400


def test_more_than_512_kib_is_refused(viewer: SignedIn) -> None:
    assert viewer.post(path(viewer.user_id), **form(PNG + bytes(512 * 1024))).status == 413


def test_so_many_uploads_a_minute_are_enough(viewer: SignedIn) -> None:
    statuses = [viewer.post(path(viewer.user_id), json={}).status for _ in range(21)]

    assert (statuses[0], statuses[-2:]) == (400, [400, 429])
