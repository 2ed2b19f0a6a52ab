"""Photos of orders: uploaded, listed, redacted."""

import urllib.request
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.orders.pictures import BOUNDARY, digest, form, jpeg, png

PATH = "/api/service-orders"
MEBIBYTE = 1024 * 1024


def _upload(who: Any, order: Any, content: bytes, **fields: Any) -> Any:
    return who.post(f"{PATH}/photos", **form(content, orderId=order.id, **fields))


def _photos(who: Any, order: Any) -> Any:
    return who.get(f"{PATH}/{order.id}/photos")


def _bucket(cloud: Any) -> tuple[Any, str]:
    return cloud.place.client("s3"), cloud.environment["CVD_FILES_BUCKET"]


def _keys(cloud: Any) -> list[str]:
    s3, bucket = _bucket(cloud)
    return [found["Key"] for found in s3.list_objects_v2(Bucket=bucket, Prefix="photos/").get("Contents", [])]


def _offer(who: Any, order: Any, content: bytes, content_type: str = "image/png", **more: Any) -> Any:
    wanted = {"sha256": digest(content), "size": len(content), "contentType": content_type, **more}
    return who.post(f"{PATH}/{order.id}/photos/uploads", json=wanted)


def _send(offered: Any, content: bytes) -> int:
    asked = urllib.request.Request(offered["url"], data=content, headers=offered["headers"], method="PUT")  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - the local cloud
        return int(answer.status)


def _confirm(who: Any, order: Any, content: bytes, **more: Any) -> Any:
    meta = {"sha256": digest(content), "size": len(content), **more}
    return who.post(f"{PATH}/{order.id}/photos/confirm", json=meta)


@pytest.mark.rule("US-086", "BR-130", "BR-132", "BR-134")
def test_a_photo_is_stored_under_a_key_of_ours_and_shown_by_an_address_that_expires(
    driver: Any, place: Any, order: Any, db: Any, cloud: Any
) -> None:
    answer = _upload(
        driver,
        order,
        png(),
        orderCabinetId=order.stops[0],
        type="after",
        timestamp="2026-03-04T16:00:00Z",
        latitude="42.2",
        longitude="-83.35",
        notes="",
    )

    assert (answer.status, answer.json["success"], answer.json["duplicate"]) == (200, True, False)
    name = f"order_{order.id}_20260304_170000_{digest(png())[:8]}.png"
    assert answer.json["filename"] == name
    (told,) = _photos(driver, order).json["photos"]
    assert told | {"url": None} == {
        "id": answer.json["photoId"],
        "service_order_id": order.id,
        "order_cabinet_id": order.stops[0],
        "filename": name,
        "photo_type": "after",
        "content_type": "image/png",
        "size_bytes": len(png()),
        "uploaded_by": driver.user_id,
        "uploaded_by_name": told["uploaded_by_name"],
        "uploaded_at": "2026-03-04T17:00:00.000Z",
        "capture_timestamp": "2026-03-04T17:00:00.000Z",
        "latitude": 42.2,
        "longitude": -83.35,
        "notes": None,
        "redacted_at": None,
        "url": None,
        "url_expires_at": "2026-03-04T17:05:00.000Z",
    }
    assert "cannot be right" in answer.json["warnings"][0]
    with urllib.request.urlopen(told["url"]) as shown:  # noqa: S310 - the local cloud
        assert (shown.read(), shown.headers["content-type"]) == (png(), "image/png")
    assert parse_qs(urlsplit(told["url"]).query)["X-Amz-Expires"] == ["300"]
    assert _keys(cloud) == [f"photos/2026-03-02/{order.id}/{digest(png())}"]
    assert db.value("SELECT details ->> 'order_id' FROM audit_events WHERE action = 'photo.uploaded'") == str(order.id)
    assert driver.get(f"{PATH}/{order.id}").json["photoCount"] == 1


@pytest.mark.rule("BR-132")
def test_bytes_are_sealed_with_the_files_key(driver: Any, order: Any, cloud: Any) -> None:
    _upload(driver, order, jpeg())

    s3, bucket = _bucket(cloud)
    head = s3.head_object(Bucket=bucket, Key=_keys(cloud)[0])
    assert (head["ServerSideEncryption"], head["ContentType"]) == ("aws:kms", "image/jpeg")


@pytest.mark.rule("BR-133", "US-086")
def test_the_same_photo_again_is_the_first_one(driver: Any, place: Any, order: Any, plan: Any, db: Any) -> None:
    first = _upload(driver, order, png(), clientPhotoId="a").json

    same_bytes = _upload(driver, order, png(), clientPhotoId="b").json
    same_number = _upload(driver, order, png(salt=b"other"), clientPhotoId="a").json
    other = _upload(driver, order, png(salt=b"another")).json
    elsewhere = _upload(driver, plan((place.first, 1), serviceType="maintenance"), png()).json

    assert {told["photoId"] for told in (same_bytes, same_number)} == {first["photoId"]}
    assert [told["duplicate"] for told in (first, same_bytes, same_number, other, elsewhere)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert db.value("SELECT count(*) FROM service_order_photos") == 3
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'photo.uploaded'") == 3


@pytest.mark.rule("BR-131")
def test_a_small_photo_is_stored_with_a_warning(driver: Any, order: Any) -> None:
    answer = _upload(driver, order, png(640, 480))

    assert answer.status == 200
    assert "1920 x 1080" in answer.json["warnings"][0]


@pytest.mark.rule("BR-130", "US-086")
def test_a_closed_order_still_takes_a_late_photo(driver: Any, admin: Any, order: Any) -> None:
    admin.post(f"{PATH}/{order.id}/cancel", json={"reason": "storm"})

    assert _upload(driver, order, png(), type="issue").status == 200


@pytest.mark.rule("BR-131")
def test_what_is_no_picture_by_its_content_is_not_taken(driver: Any, order: Any, cloud: Any) -> None:
    page = driver.post(f"{PATH}/photos", **form(b"<html>", filename="photo.jpg", orderId=order.id))
    largest = _upload(driver, order, png(salt=b"x" * (5 * MEBIBYTE - len(png()))))
    larger = _upload(driver, order, png(salt=b"x" * (5 * MEBIBYTE - len(png()) + 1)))
    huge = _upload(driver, order, png(salt=b"x" * 6 * MEBIBYTE))

    assert (page.status, page.json["error"]) == (415, "A photo has to be a JPEG, PNG, WebP or HEIC file.")
    assert (largest.status, larger.status, huge.status) == (200, 413, 413)
    assert len(_keys(cloud)) == 1


@pytest.mark.rule("US-086")
def test_the_shipped_client_gets_its_400_in_the_contracts_words(driver: Any, order: Any) -> None:
    shipped = driver.post(f"{PATH}/photos", json={})
    no_photo = driver.post(f"{PATH}/photos", **form(None, orderId=order.id))
    empty = driver.post(f"{PATH}/photos", **form(b"", orderId=order.id))
    no_order = driver.post(f"{PATH}/photos", **form(png()))
    odd_order = driver.post(f"{PATH}/photos", **form(png(), orderId="undefined"))
    torn = driver.post(
        f"{PATH}/photos", body=b"--x", headers={"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    )

    assert [a.status for a in (shipped, no_photo, empty, no_order, odd_order, torn)] == [400] * 6
    assert {a.json["error"] for a in (shipped, no_photo, empty, torn)} == {"No photo provided"}
    assert {a.json["error"] for a in (no_order, odd_order)} == {"Order ID required"}


@pytest.mark.rule("BR-134")
@pytest.mark.parametrize(
    "fields",
    [
        {"type": "selfie"},
        {"latitude": "42"},
        {"latitude": "91", "longitude": "0"},
        {"notes": "x" * 1001},
        {"notes": "a\0b"},
        {"notes": "x" * 5000},
        {"clientPhotoId": "x" * 201},
    ],
)
def test_unfit_fields_are_refused(driver: Any, order: Any, fields: dict[str, str], db: Any) -> None:
    assert _upload(driver, order, png(), **fields).status == 400
    assert db.value("SELECT count(*) FROM service_order_photos") == 0


@pytest.mark.rule("BR-130", "BR-095")
def test_a_photo_belongs_to_an_order_of_ones_own_and_to_its_cabinets(
    driver: Any, another: Any, manager: Any, viewer: Any, client: Any, order: Any, plan: Any, place: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    stranger = another("driver")

    strange = _upload(stranger, order, png())
    missing = manager.post(f"{PATH}/photos", **form(png(), orderId=999999))
    elsewhere = _upload(driver, order, png(), orderCabinetId=other.stops[0])

    assert (strange.status, strange.json["error"]) == (404, "Order not found or access denied")
    assert (missing.status, elsewhere.status) == (404, 404)
    assert [_upload(who, order, png()).status for who in (viewer, client, manager)] == [403, 401, 200]
    assert [_photos(who, order).status for who in (stranger, viewer, client, manager)] == [404, 200, 401, 200]
    assert [_offer(who, order, jpeg()).status for who in (stranger, viewer, client)] == [404, 403, 401]
    assert [_confirm(who, order, jpeg()).status for who in (stranger, viewer, client)] == [404, 403, 401]


@pytest.mark.rule("US-086")
def test_the_thirty_first_photo_of_a_minute_has_to_wait(driver: Any, order: Any, db: Any, advance: Any) -> None:
    _upload(driver, order, png())
    db.execute("UPDATE rate_limits SET hits = 30 WHERE scope = 'photo-upload'")

    assert [_upload(driver, order, jpeg()).status, _offer(driver, order, jpeg()).status] == [429, 429]
    advance(minutes=1)
    assert _upload(driver, order, jpeg()).status == 200


@pytest.mark.rule("US-086", "BR-132", "BR-133")
def test_bytes_go_straight_to_the_storage_and_are_confirmed(driver: Any, order: Any, cloud: Any) -> None:
    offered = _offer(driver, order, png()).json["upload"]
    early = _confirm(driver, order, png())

    assert _send(offered, png()) == 200
    confirmed = _confirm(driver, order, png(), orderCabinetId=order.stops[1], type="before", clientPhotoId="p1")
    again = _confirm(driver, order, png(), clientPhotoId="p1")
    offered_again = _offer(driver, order, png())

    assert (early.status, early.json["code"]) == (409, "PHOTO_NOT_UPLOADED")
    assert (confirmed.status, confirmed.json["duplicate"], confirmed.json["contentType"]) == (200, False, "image/png")
    assert (again.json["photoId"], again.json["duplicate"]) == (confirmed.json["photoId"], True)
    assert offered_again.json == {"duplicate": True, "photoId": confirmed.json["photoId"], "upload": None}
    assert [p["photo_type"] for p in _photos(driver, order).json["photos"]] == ["before"]


@pytest.mark.rule("BR-131", "BR-132")
def test_the_address_is_bound_to_the_announced_bytes_for_a_quarter_of_an_hour(driver: Any, order: Any) -> None:
    offered = _offer(driver, order, png()).json["upload"]

    asked = parse_qs(urlsplit(offered["url"]).query)
    bound = set(asked["X-Amz-SignedHeaders"][0].split(";"))
    assert {"content-length", "content-type", "x-amz-checksum-sha256", "x-amz-server-side-encryption"} <= bound
    assert asked["X-Amz-Expires"] == ["900"]
    assert offered["method"] == "PUT"
    assert offered["expiresAt"] == "2026-03-04T17:15:00.000Z"
    assert {name.lower() for name in offered["headers"]} >= bound - {"host"}


@pytest.mark.rule("BR-131")
def test_uploads_of_other_things_are_not_offered(driver: Any, order: Any) -> None:
    kind = _offer(driver, order, png(), "text/html")
    large = _offer(driver, order, png(), size=5 * MEBIBYTE + 1)
    unfit = [_offer(driver, order, png(), **wrong).status for wrong in ({"sha256": "abc"}, {"size": 0})]

    assert (kind.status, large.status, unfit) == (415, 413, [400, 400])


@pytest.mark.rule("BR-131", "US-086")
def test_uploaded_bytes_are_looked_at_before_they_become_a_photo(driver: Any, order: Any, cloud: Any) -> None:
    s3, bucket = _bucket(cloud)
    for content, stored in ((png(), jpeg()), (b"<html>", b"<html>")):
        key = f"photos/2026-03-02/{order.id}/{digest(content)}"
        s3.put_object(Bucket=bucket, Key=key, Body=stored)

    swapped = _confirm(driver, order, png())
    page = _confirm(driver, order, b"<html>")

    assert (swapped.status, swapped.json["code"]) == (400, "PHOTO_DIFFERS")
    assert page.status == 415
    assert _photos(driver, order).json["photos"] == []


@pytest.mark.rule("BR-134")
def test_an_admin_redacts_a_photo_for_good(
    admin: Any, manager: Any, driver: Any, order: Any, db: Any, cloud: Any
) -> None:
    photo = _upload(driver, order, png(), clientPhotoId="a").json["photoId"]
    address = f"{PATH}/{order.id}/photos/{photo}"

    refused = [manager.delete(address).status, driver.delete(address).status]
    redacted = admin.delete(address, params={"reason": "a face"})
    again = admin.delete(address)

    assert refused == [403, 403]
    assert (redacted.status, again.status) == (200, 200)
    assert _photos(driver, order).json["photos"] == []
    (kept,) = _photos(admin, order).json["photos"]
    assert (kept["id"], kept["url"], kept["redacted_at"]) == (photo, None, "2026-03-04T17:00:00.000Z")
    assert _keys(cloud) == []
    assert db.values("SELECT details ->> 'reason' FROM audit_events WHERE action = 'photo.redacted'") == ["a face"]
    assert driver.get(f"{PATH}/{order.id}").json["photoCount"] == 0


@pytest.mark.rule("BR-134", "BR-133")
def test_a_redacted_photo_does_not_come_back_by_a_phones_retry(admin: Any, driver: Any, order: Any, cloud: Any) -> None:
    photo = _upload(driver, order, png()).json["photoId"]
    admin.delete(f"{PATH}/{order.id}/photos/{photo}")

    again = _upload(driver, order, png())

    assert (again.json["photoId"], again.json["duplicate"]) == (photo, True)
    assert _keys(cloud) == []
    assert admin.delete(f"{PATH}/{order.id}/photos/999999").status == 404


@pytest.mark.rule("BR-135", "US-086")
def test_a_photo_lets_a_cabinet_be_completed_where_photos_are_required(
    driver: Any, place: Any, order: Any, deliver: Any, db: Any
) -> None:
    db.execute("UPDATE system_settings SET value = 'true' WHERE key = 'photos_required'")
    without = deliver(order.stops[0], (place.cola, 1))
    _upload(driver, order, png(), orderCabinetId=order.stops[0])

    assert (without.status, without.json["code"]) == (409, "PHOTO_REQUIRED")
    assert deliver(order.stops[0], (place.cola, 1)).status == 200


@pytest.mark.rule("BR-134", "BR-099")
def test_a_cabinet_with_a_photo_stays_in_its_order(driver: Any, manager: Any, place: Any, order: Any) -> None:
    _upload(driver, order, png(), orderCabinetId=order.stops[1])

    answer = manager.put(f"{PATH}/{order.id}", json={"cabinetSelections": place.selection((place.first, 0))})

    assert answer.status == 409
    assert len(_photos(driver, order).json["photos"]) == 1
