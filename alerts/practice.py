"""The picture of a rehearsal: drawn here, of nobody, with EXERCISE across it in both languages.

A rehearsal takes no other picture, so no face of anybody can get into one.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from foundation.pictures import Picture, read_picture
from foundation.printing.signs import FONTS

# How a form names it, in place of the reference of a photo.
PRACTICE = "practice"
ALT_TEXT = "A made-up picture of nobody, marked EXERCISE"
ALT_TEXT_WELSH = "Llun ffug o neb, wedi'i farcio YMARFER"
WIDTH, HEIGHT = 800, 1000
_GROUND, _FIGURE, _MARK, _BAND = "#d8dde1", "#8b98a5", "#942514", "#ffffff"
_MARKS = ("EXERCISE", "YMARFER")


@cache
def practice_picture() -> Picture:
    """The picture: the same each time."""
    drawn = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((250, 170, 550, 490), fill=_FIGURE)
    pen.ellipse((90, 540, 710, 1300), fill=_FIGURE)
    for place, word in zip((250, 620), _MARKS, strict=True):
        _mark(drawn, word, place)
    pen.rectangle((0, HEIGHT - 90, WIDTH, HEIGHT), fill=_BAND)
    _write(pen, "A practice picture. Nobody is missing.", HEIGHT - 45, size=36)
    kept = BytesIO()
    drawn.save(kept, "PNG")
    return read_picture(kept.getvalue())


def _mark(drawn: Image.Image, word: str, top: int) -> None:
    """A word across the whole width, turned, so that no part of the picture can be cut out without it."""
    band = Image.new("RGBA", (WIDTH + 240, 190), (255, 255, 255, 235))
    pen = ImageDraw.Draw(band)
    pen.text((band.width / 2, band.height / 2), word, font=_font(150), fill=_MARK, anchor="mm")
    turned = band.rotate(14, expand=True)
    drawn.paste(turned, ((WIDTH - turned.width) // 2, top - turned.height // 2 + 60), turned)


def _write(pen: ImageDraw.ImageDraw, words: str, middle: int, *, size: int) -> None:
    pen.text((WIDTH / 2, middle), words, font=_font(size), fill=_MARK, anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "NotoSans-Bold.ttf"), size)
