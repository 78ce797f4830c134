"""Drawn faces for the demonstration: nobody's, and seen at once to be drawn."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

_SKIN = ("#f1c9a5", "#d9a066", "#a86f3d", "#6f4524", "#e8b48c")
_HAIR = ("#2b1b12", "#5a3a1e", "#8c8c8c", "#c9a24b", "#d8d8d8", "#101014")
_COAT = ("#7a1f2b", "#1f4e7a", "#2f6b3c", "#5b3a78", "#84561b")
_WALL = ("#dfe7ee", "#efe6da", "#e4ecdf", "#ece3ee")
SIZE = (900, 1200)


def portrait(name: str, *, grey: bool = False) -> bytes:
    """A JPEG of 900 by 1200 pixels, the same for a name each time; with `grey` the hair is."""
    chance = random.Random(name)  # noqa: S311 - the same face every time
    image = Image.new("RGB", SIZE, chance.choice(_WALL))
    draw = ImageDraw.Draw(image)
    skin, coat = chance.choice(_SKIN), chance.choice(_COAT)
    hair = "#cfcfcf" if grey else chance.choice(_HAIR)
    draw.ellipse((230, 170, 670, 700), fill=hair)
    draw.rounded_rectangle((385, 600, 515, 860), 40, fill=skin)
    draw.ellipse((130, 800, 770, 1500), fill=coat)
    draw.polygon([(385, 810), (515, 810), (450, 930)], fill=skin)
    draw.ellipse((270, 230, 630, 710), fill=skin)
    draw.pieslice((255, 190, 645, 520), 180, 360, fill=hair)
    for x in (370, 530):
        draw.ellipse((x - 26, 440, x + 26, 478), fill="white")
        draw.ellipse((x - 13, 445, x + 13, 473), fill="#2b2b2b")
        draw.line((x - 40, 412, x + 40, 406), fill=hair, width=10)
    draw.arc((385, 560, 515, 640), 20, 160, fill="#8a3b34", width=9)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88)
    return stream.getvalue()
