"""Pictures made to confuse a decoder or to tie up a processor, and those that only look strange."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from foundation.pictures import EVERYDAY, MAX_PASSES, NotAPicture, Unfit, read_picture

SIZE = (60, 40)


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **more)
    return stream.getvalue()


def colour_at(content: bytes, place: tuple[int, int]) -> tuple[int, ...]:
    return Image.open(io.BytesIO(read_picture(content).data)).convert("RGB").getpixel(place)


def segment(kind: int, data: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data


def of_passes(count: int, width: int = 64, height: int = 64) -> bytes:
    """A grey progressive JPEG whose every pass after the first says in few bytes that nothing changes."""
    blocks = -(-width // 8) * -(-height // 8)
    first = segment(0xDA, bytes([1, 1, 0, 0, 0, 0])) + bytes(-(-blocks // 8))
    runs = "".join("0" + "1" * 14 for _ in range(-(-blocks // 32_767)))
    runs += "1" * (-len(runs) % 8)
    bits = int(runs, 2).to_bytes(len(runs) // 8, "big").replace(b"\xff", b"\xff\x00")
    again = segment(0xDA, bytes([1, 1, 0, 1, 63, 0])) + bits
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xDB, b"\x00" + b"\x01" * 64),
            segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0])),
            segment(0xC4, b"\x00" + bytes([1] + [0] * 15) + b"\x00"),
            segment(0xC4, b"\x10" + bytes([1, 1] + [0] * 14) + b"\xe0\x00"),
            first,
            again * (count - 1),
            b"\xff\xd9",
        )
    )


def swapped_profile() -> bytes:
    """A screen whose red is everybody's blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack(">I", profile[128:132])
    rows = {bytes(profile[at : at + 4]): at + 4 for at in range(132, 132 + 12 * count, 12)}
    red, blue = (slice(rows[name], rows[name] + 8) for name in (b"rXYZ", b"bXYZ"))
    profile[red], profile[blue] = profile[blue], profile[red]
    return bytes(profile)


def test_a_jpeg_of_too_many_passes_is_refused_unread() -> None:
    """Two hundred kilobytes that would take a processor six seconds, and twenty megabytes ten minutes."""
    bomb = of_passes(2_000, 8_000, 5_000)
    assert len(bomb) < 250_000
    with pytest.raises(Unfit) as refused:
        read_picture(bomb)
    assert refused.value.code == "too_complex"


@pytest.mark.parametrize("passes", [2, MAX_PASSES])
def test_a_jpeg_of_as_many_passes_as_cameras_write_is_read(passes: int) -> None:
    assert read_picture(of_passes(passes)).width == 64


def test_a_pass_is_found_behind_whatever_hides_it() -> None:
    """Fillers, restarts and escaped bytes have no length: what follows them counts."""
    plain = of_passes(MAX_PASSES + 1)
    for hidden in (b"\xff\xff\xda", b"\xff\x01\xff\xda", b"\xff\x00\xff\xda", b"\xff\xd0\xff\xda"):
        with pytest.raises(Unfit) as refused:
            read_picture(plain.replace(b"\xff\xda", hidden))
        assert refused.value.code == "too_complex"


def test_a_jpeg_of_too_many_comments_is_refused_unread() -> None:
    plain = saved(Image.new("RGB", SIZE), "JPEG")
    with pytest.raises(Unfit) as refused:
        read_picture(plain[:2] + segment(0xFE, b"x") * 2_001 + plain[2:])
    assert refused.value.code == "too_complex"


def test_what_a_telephone_puts_behind_the_picture_is_not_counted() -> None:
    """A short film lies behind the end of a moving photo, and by chance looks like anything."""
    progressive = saved(Image.effect_noise((600, 400), 90), "JPEG", progressive=True)
    assert read_picture(progressive + segment(0xDA, b"x") * 5_000).width == 600


def test_a_tile_larger_than_its_picture_is_never_unpacked() -> None:
    """Three hundred bytes that would take a gigabyte."""
    tags = ((256, 4, 64), (257, 4, 64), (258, 3, 8), (259, 3, 8), (262, 3, 1), (277, 3, 1))
    tiles = ((322, 4, 32_000), (323, 4, 32_000), (324, 4, 150), (325, 4, 200))
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in (*tags, *tiles))
    head = b"II*\x00" + struct.pack("<IH", 8, len(tags) + len(tiles))
    with pytest.raises(Unfit) as refused:
        read_picture(head + rows + bytes(4) + b"\x78\x9c" + bytes(200))
    assert refused.value.code == "too_many_pixels"


def test_strangers_may_send_only_what_telephones_and_browsers_make() -> None:
    for form in ("GIF", "BMP", "TIFF"):
        with pytest.raises(NotAPicture):
            read_picture(saved(Image.new("RGB", SIZE), form), formats=EVERYDAY)
    for form in EVERYDAY:
        assert read_picture(saved(Image.new("RGB", SIZE), form), formats=EVERYDAY).width == SIZE[0]


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    """Cut off instead of divided, all but the darkest would be white."""
    ramp = Image.new("I;16", (256, 16))
    for x in range(256):
        for y in range(16):
            ramp.putpixel((x, y), x * 257)
    shades = [colour_at(saved(ramp, "PNG"), (x, 8))[0] for x in (8, 100, 248)]
    assert shades == pytest.approx([8, 100, 248], abs=4)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_profile_is_obeyed(mode: str) -> None:
    picture = Image.new("RGB", SIZE, "red").convert(mode)
    red, _, blue = colour_at(saved(picture, "PNG", icc_profile=swapped_profile()), (9, 9))
    assert (red < 10, blue > 245) == (True, True)


def test_a_palette_with_a_hole_lies_on_white() -> None:
    picture = Image.new("P", SIZE, 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    assert colour_at(saved(picture, "PNG", transparency=0), (9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("turn", range(1, 9))
def test_however_the_camera_was_held_the_picture_stands_upright(turn: int) -> None:
    """The sender's upper left corner is red; every turn puts it where EXIF says it was."""
    exif = Image.Exif()
    exif[0x0112] = turn
    picture = Image.new("RGB", (80, 40), "white")
    picture.paste("red", (0, 0, 40, 20))
    kept = read_picture(saved(picture, "PNG", exif=exif))
    assert (kept.width, kept.height) == ((80, 40) if turn < 5 else (40, 80))
    corners = {
        (column, row): Image.open(io.BytesIO(kept.data)).getpixel((kept.width * x // 4, kept.height * y // 4))
        for column, x in (("left", 1), ("right", 3))
        for row, y in (("top", 1), ("bottom", 3))
    }
    red = [place for place, (_, green, _) in corners.items() if green < 60]
    expected = {
        1: ("left", "top"),
        2: ("right", "top"),
        3: ("right", "bottom"),
        4: ("left", "bottom"),
        5: ("left", "top"),
        6: ("right", "top"),
        7: ("right", "bottom"),
        8: ("left", "bottom"),
    }
    assert red == [expected[turn]]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_notes_that_cannot_be_read_do_not_lose_the_picture() -> None:
    notes = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x02\x00\xff\xff\xff\xffabcd"
    plain = saved(Image.new("RGB", SIZE), "JPEG")
    assert read_picture(plain[:2] + segment(0xE1, notes) + plain[2:]).width == SIZE[0]


def seeds() -> list[bytes]:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "words"
    exif.get_ifd(0x8825)[0x001D] = "2020:01:01"
    noise = Image.effect_noise(SIZE, 90).convert("RGB")
    found = [saved(noise, form, exif=exif) for form in ("JPEG", "PNG", "WEBP", "TIFF")]
    found += [saved(noise, form) for form in ("GIF", "BMP")]
    return [*found, saved(noise, "JPEG", progressive=True), saved(noise, "TIFF", compression="tiff_lzw")]


SEEDS = seeds()


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=400, deadline=None)
@given(seed=st.sampled_from(SEEDS), chance=st.integers(0, 2**32))
def test_whatever_the_bytes_the_answer_is_a_picture_or_words(seed: bytes, chance: int) -> None:
    draw = random.Random(chance)
    content = bytearray(seed)
    for _ in range(draw.choice((1, 2, 8))):
        at = draw.randrange(min(len(content), draw.choice((80, 300, len(content)))))
        content[at : at + draw.choice((0, 1, 1, 4))] = draw.randbytes(draw.choice((0, 1, 1, 4)))
    with suppress(Unfit):
        read_picture(bytes(content))


def test_forty_million_see_through_pixels_take_less_than_half_a_gigabyte(tmp_path: Path) -> None:
    file = tmp_path / "large.png"
    Image.new("RGBA", (8_000, 5_000)).save(file, compress_level=1)
    program = (
        "import resource, sys; from pathlib import Path; from foundation.pictures import read_picture\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read_picture(Path(sys.argv[1]).read_bytes())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program, str(file)], cwd=root, capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) < 500 * 1024
