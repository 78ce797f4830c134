"""Pictures from somebody else: read with suspicion, written anew without anything but what is seen.

Nothing of the bytes that came in is kept: a picture is decoded, turned upright, and encoded by us, so that
places, previews, comments, colour profiles and whatever hides behind its end are gone.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Collection
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2_400
CONTENT_TYPE = "image/jpeg"
# Telephones put a preview or a depth picture behind the first (MPO): these open as JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
# What a telephone or a browser hands over: for senders whom nobody knows, the fewer decoders the better.
EVERYDAY = ("JPEG", "PNG", "WEBP")
# A camera writes about ten passes and a few hundred segments. Each pass costs the whole picture's time and
# can be said in sixty bytes: a file within the limit of bytes could keep a processor for ten minutes.
MAX_PASSES = 100
MAX_SEGMENTS = 2_000
# Not those that stand alone: fillers, restarts, and what is only an escaped byte of the picture.
_SEGMENT = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")
_END, _PASS = 0xD9, 0xDA
_TILE_WIDTH, _TILE_LENGTH = 322, 323
# What decoders may raise at bytes made to confuse them, while only they are at work.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)
# How a picture is turned that was taken with the camera held otherwise (EXIF's Orientation).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Unfit(ValueError):
    """A picture that is not taken, in words that say why. `code` is for machines."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class NotAPicture(Unfit):
    """Something else than a picture of a kind that we read."""

    def __init__(self) -> None:
        super().__init__("not_a_picture", "Choose a picture: JPEG, PNG or WebP.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we wrote it: JPEG bytes without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, each edge as a part (0 to 1) of its width or height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def __post_init__(self) -> None:
        edges = (self.left, self.top, self.right, self.bottom)
        inside = all(0.0 <= edge <= 1.0 for edge in edges)  # nothing that is no number is between them
        if not (inside and self.left < self.right and self.top < self.bottom):
            raise Unfit("box", "Choose a part of the picture.")


def read_picture(content: bytes, *, max_side: int = MAX_SIDE, formats: Collection[str] = FORMATS) -> Picture:
    """The picture, upright and at most `max_side` pixels wide and high. Of what moves, the first frame.

    What it would unpack to is judged by its head, before it is unpacked. Raises `Unfit`, and `NotAPicture`
    for another kind of file. `formats` is `EVERYDAY` where nobody knows the sender.
    """
    if len(content) > MAX_BYTES:
        raise Unfit("too_large", f"The file is larger than {MAX_BYTES // 2**20} MB.")
    return _written(_plain(content, max_side=max_side, formats=formats))


def cut(picture: bytes, box: Box, *, max_side: int = MAX_SIDE) -> Picture:
    """The part of a picture that `box` names. Raises `Unfit` where it has less than 16 pixels a side."""
    upright = _plain(picture)
    edges = (
        round(box.left * upright.width),
        round(box.top * upright.height),
        round(box.right * upright.width),
        round(box.bottom * upright.height),
    )
    part = upright.crop(edges)
    if min(part.size) < 16:
        raise Unfit("box", "Choose a larger part of the picture.")
    part.thumbnail((max_side, max_side))
    return _written(part)


def fitted(picture: bytes, width: int, height: int) -> Picture:
    """The picture within `width` by `height` pixels, whole, and never larger than it is."""
    plain = _plain(picture)
    plain.thumbnail((width, height))
    return _written(plain)


def filled(picture: bytes, width: int, height: int) -> Picture:
    """The picture cut to exactly `width` by `height` pixels about its upper middle, where faces are."""
    return _written(ImageOps.fit(_plain(picture), (width, height), centering=(0.5, 0.35)))


def _plain(content: bytes, *, max_side: int = MAX_SIDE, formats: Collection[str] = FORMATS) -> Image.Image:
    """Upright, in the colours of every screen, on white where it is transparent, and without a word.

    It is made small first: the other steps would each hold another copy of all of it.
    """
    _refuse_floods(content)
    try:
        with Image.open(io.BytesIO(content), formats=tuple(formats)) as image:
            if _pixels(image) > MAX_PIXELS:
                raise Image.DecompressionBombError
            image.draft("RGB", (max_side, max_side))  # a large JPEG is not unpacked whole
            image.load()
            profile, turn = image.info.get("icc_profile"), _turn(image)
            small = _shaded(image)
            small.thumbnail((max_side, max_side))
    except UnidentifiedImageError:
        raise NotAPicture from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        words = f"The picture has more than {MAX_PIXELS // 10**6} million pixels."
        raise Unfit("too_many_pixels", words) from None
    except _BROKEN:
        raise Unfit("damaged", "The picture is damaged and cannot be read.") from None
    plain = _in_srgb(_on_white(small), profile)
    return plain if turn is None else plain.transpose(turn)


def _refuse_floods(content: bytes) -> None:
    """Refuse a JPEG of so many passes or segments that only somebody who wants to tie us up makes it."""
    if not content.startswith(b"\xff\xd8"):
        return
    at, passes, segments = 2, 0, 0
    while (found := _SEGMENT.search(content, at)) and found[1][0] != _END:
        segments += 1
        passes += found[1][0] == _PASS
        if passes > MAX_PASSES or segments > MAX_SEGMENTS:
            raise Unfit("too_complex", "The picture is saved in too many parts. Save it anew and try again.")
        at = found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")


def _pixels(image: Image.Image) -> int:
    """How many a decoder will hold: a TIFF may say that each of its tiles is larger than all of it."""
    tags = getattr(image, "tag_v2", {})
    tile = int(tags.get(_TILE_WIDTH, 0)) * int(tags.get(_TILE_LENGTH, 0))
    return max(image.width * image.height, tile)


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(int(image.getexif().get(ExifTags.Base.Orientation, 1)))
    except _BROKEN:
        return None  # the picture is whole: only what was noted about it is not


def _shaded(image: Image.Image) -> Image.Image:
    """With pixels that can be averaged, and sixteen bits a pixel brought to eight."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"1", "P", "PA"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB" if image.mode == "P" else "L")
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours of every screen; a profile that cannot be used is left away with the rest."""
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, source, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None
        image = changed or image
    return image.convert("RGB")


def _written(image: Image.Image) -> Picture:
    image.info = {}  # a comment would be written along
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88, optimize=True)
    return Picture(stream.getvalue(), image.width, image.height)
