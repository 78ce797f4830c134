"""What billboards and social networks show: exact sizes, a large photo, nothing in the file but pixels."""

from __future__ import annotations

import resource
from io import BytesIO

import pytest
from PIL import Image

from appeals.printing.services import Shape, creative, poster
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


def test_a_poster_and_three_creatives_take_less_than_two_seconds_of_a_processor() -> None:
    """With the largest photo that is kept. Processor time: another's load says nothing about us."""
    sheets = [welsh(picture=photo(1920, 2400)), sheet(picture=photo(1920, 2400))]
    before = _spent()
    poster(sheets)
    for shape in (Shape.LANDSCAPE, Shape.PORTRAIT, Shape.SIX_SHEET):
        creative(sheets, shape)
    spent = _spent() - before
    print(f"poster and three creatives: {spent:.2f} s of processor time")
    assert spent < 2


def _spent() -> float:
    ours = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in ours)
