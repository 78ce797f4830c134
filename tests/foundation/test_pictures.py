"""Pictures from strangers: the hostile are refused in words, and nothing is kept but what is seen."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from foundation import pictures
from foundation.pictures import Box, NotAPicture, Unfit, cut, filled, fitted, read_picture

MARK = b"51.4613N-0.1156W"


def made(form: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "red" if mode in {"RGB", "RGBA"} else 0).save(stream, form, **more)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def marked(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    exif.get_ifd(0x8825)[0x001D] = MARK.decode()
    more: dict[str, object] = {"exif": exif, "xmp": b"<x>" + MARK + b"</x>"}
    if form == "JPEG":
        more["comment"] = MARK
    content = made(form, **more)
    assert MARK in content
    return content + MARK


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_what_is_seen_is_kept(form: str) -> None:
    for kept in (
        read_picture(marked(form)),
        cut(marked(form), Box(0.1, 0.1, 0.9, 0.9)),
        fitted(marked(form), 200, 200),
        filled(marked(form), 120, 90),
    ):
        assert MARK not in kept.data
        image = opened(kept.data)
        assert (image.format, len(image.getexif())) == ("JPEG", 0)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = read_picture(made(size=(600, 400), exif=exif))
    assert (kept.width, kept.height) == (400, 600)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_colours_of_print_and_grey_become_those_of_a_screen(mode: str) -> None:
    assert opened(read_picture(made(mode=mode)).data).mode == "RGB"


@pytest.mark.parametrize(("form", "mode"), [("PNG", "I;16"), ("PNG", "P"), ("PNG", "RGBA"), ("GIF", "P")])
def test_other_kinds_of_pixels_are_taken(form: str, mode: str) -> None:
    kept = read_picture(made(form, mode=mode))
    assert opened(kept.data).mode == "RGB"


def test_what_is_transparent_lies_on_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(stream, "PNG")
    assert opened(read_picture(stream.getvalue()).data).getpixel((20, 20)) == (255, 255, 255)


def test_a_colour_profile_is_used_and_left_away() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    kept = read_picture(made(icc_profile=profile))
    assert "icc_profile" not in opened(kept.data).info


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.4\n",
    ],
)
def test_what_is_no_picture_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        read_picture(content)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_damaged(form: str) -> None:
    noise = Image.effect_noise((600, 400), 90)
    stream = io.BytesIO()
    noise.save(stream, form)
    whole = stream.getvalue()
    with pytest.raises(Unfit) as refused:
        read_picture(whole[: len(whole) // 2])
    assert refused.value.code in {"damaged", "not_a_picture"}


def test_more_than_forty_million_pixels_are_refused_by_the_head_alone() -> None:
    """Sixty thousand by sixty thousand, said in a hundred bytes: nothing of it is ever unpacked."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(head))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0)
        + b"IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )
    with pytest.raises(Unfit) as refused:
        read_picture(bomb)
    assert refused.value.code == "too_many_pixels"


def test_one_pixel_row_too_many_is_refused() -> None:
    with pytest.raises(Unfit) as refused:
        read_picture(made("PNG", size=(8_000, 5_001), mode="1"))
    assert "40 million pixels" in refused.value.words


def test_a_file_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 100)
    with pytest.raises(Unfit) as refused:
        read_picture(made())
    assert refused.value.code == "too_large"


def test_a_part_is_cut_where_the_box_says() -> None:
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    part = cut(stream.getvalue(), Box(0.5, 0.0, 1.0, 1.0))
    assert (part.width, part.height) == (200, 200)
    red, _, blue = opened(part.data).getpixel((100, 100))
    assert (blue > 200, red < 60) == (True, True)


@pytest.mark.parametrize(
    "edges", [(0.5, 0, 0.5, 1), (-0.1, 0, 1, 1), (0, 0, 1.1, 1), (0, 0.9, 1, 0.1), (float("nan"), 0, 1, 1)]
)
def test_a_box_that_is_none_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(Unfit):
        Box(*edges)


def test_a_part_too_small_to_see_is_refused() -> None:
    with pytest.raises(Unfit):
        cut(made(), Box(0.0, 0.0, 0.001, 0.001))


@given(width=st.integers(20, 900), height=st.integers(20, 900))
def test_a_fitted_picture_lies_within_and_keeps_its_shape(width: int, height: int) -> None:
    kept = fitted(made("PNG", size=(width, height)), 300, 300)
    assert kept.width <= min(300, width)
    assert kept.height <= min(300, height)
    assert abs(kept.width / kept.height - width / height) <= 0.5 * width / height


def test_a_filled_picture_has_exactly_its_size_and_the_same_bytes_each_time() -> None:
    once, again = (filled(made(), 640, 360) for _ in range(2))
    assert (once.width, once.height) == (640, 360)
    assert once.data == again.data
