"""What billboards and social networks show: exact sizes, a large photo, nothing in the file but pixels."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from appeals.printing.services import Shape, creative
from tests.appeals.printing.sheets import photo, share_of_photo, sheet, welsh

SIZES = {
    Shape.LANDSCAPE: (1920, 1080),
    Shape.PORTRAIT: (1080, 1920),
    Shape.SIX_SHEET: (1200, 1800),
    Shape.SHARE: (1200, 630),
}


@pytest.mark.parametrize("shape", Shape)
def test_a_creative_is_of_exactly_its_size_and_holds_only_pixels(shape: Shape) -> None:
    made = creative([sheet()], shape).content
    picture = Image.open(BytesIO(made))
    assert picture.size == SIZES[shape]
    picture.load()
    assert set(picture.info) <= {"dpi"}


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("both", [False, True], ids=["English", "both"])
def test_the_photo_takes_the_most_room(shape: Shape, both: bool) -> None:
    sheets = [welsh(), sheet()] if both else [sheet()]
    assert share_of_photo(creative(sheets, shape).content) > 0.4


def test_a_photo_of_another_shape_is_shown_whole() -> None:
    wide = photo(900, 300)
    share = share_of_photo(creative([sheet(picture=wide)], Shape.PORTRAIT).content)
    assert share == pytest.approx(1080 / 3 / 1920, abs=0.02)


@pytest.mark.parametrize(
    "words",
    [{"picture": None}, {"name": "Wolfeschlegelsteinhausenbergerdorff " * 3 + "*B_o* #x 🙂"}],
    ids=["no photo", "long"],
)
def test_every_shape_is_made_whatever_there_is(words: dict[str, str]) -> None:
    for shape, size in SIZES.items():
        assert Image.open(BytesIO(creative([sheet(**words)], shape).content)).size == size


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert creative([sheet()], Shape.SHARE).content == creative([sheet()], Shape.SHARE).content
