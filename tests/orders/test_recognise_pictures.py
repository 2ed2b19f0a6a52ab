"""What a file is, by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.orders.rules import pictures
from tests.orders.pictures import heic, jpeg, png, webp

EXTENDED = b"\x0a\0\0\0\0\0\0\0" + (1919).to_bytes(3, "little") + (1079).to_bytes(3, "little")
LOSSLESS = b"\x0a\0\0\0\x2f" + (1919 | 1079 << 14).to_bytes(4, "little")
LOSSY = b"\x0a\0\0\0\0\0\0\x9d\x01\x2a" + (1920).to_bytes(2, "little") + (1080).to_bytes(2, "little")


@pytest.mark.rule("BR-131")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        (webp(b"VP8X", EXTENDED), "image/webp"),
        (webp(b"VP8L", LOSSLESS), "image/webp"),
        (webp(b"VP8 ", LOSSY), "image/webp"),
        (heic(), "image/heic"),
        (heic(major=b"mif1", minor=b"heic"), "image/heic"),
    ],
)
def test_the_four_kinds_are_recognised_with_their_size(content: bytes, kind: pictures.ContentType) -> None:
    assert pictures.content_type_of(content) == kind
    assert pictures.size_of(content, kind) == (1920, 1080)


@pytest.mark.rule("BR-131")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"GIF89a",
        b"%PDF-1.7",
        b"RIFF\0\0\0\0WAVE",
        b"\x89PNG\n",
        heic(major=b"avif"),
        heic(major=b"mp42", minor=b"isom"),
        b"<svg>" + png(),
    ],
)
def test_nothing_else_is_taken_for_a_picture(content: bytes) -> None:
    assert pictures.content_type_of(content) is None


@pytest.mark.rule("BR-131")
def test_a_small_picture_is_warned_about_whichever_way_it_was_held() -> None:
    assert pictures.warnings(png(1080, 1920), "image/png") == []
    assert "640 x 480" in pictures.warnings(png(640, 480), "image/png")[0]
    assert len(pictures.warnings(png(4000, 1000), "image/png")) == 1
    assert pictures.warnings(b"\xff\xd8\xff", "image/jpeg") == []


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8L"]))
def test_a_torn_picture_breaks_nothing(rest: bytes, head: bytes) -> None:
    kind = pictures.content_type_of(head + rest)

    assert kind is not None
    size = pictures.size_of(head + rest, kind)
    assert size is None or min(size) > 0


@given(st.binary(max_size=300))
def test_any_bytes_can_be_asked(content: bytes) -> None:
    for kind in pictures.ENDINGS:
        pictures.size_of(content, kind)
    assert pictures.content_type_of(b"\0\0\0\x18ftyp" + content) in (None, "image/heic")
