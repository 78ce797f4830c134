"""Pictures from somebody else: read with suspicion, written anew without anything but what is seen.

Nothing of the bytes that came in is kept: a picture is decoded, turned upright, and encoded by us, so that
places, previews, comments, colour profiles and whatever hides behind its end are gone.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2_400
CONTENT_TYPE = "image/jpeg"
# Telephones put a preview or a depth picture behind the first (MPO): these open as JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


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


def read_picture(content: bytes, *, max_side: int = MAX_SIDE) -> Picture:
    """The picture, upright and at most `max_side` pixels wide and high.

    What it would unpack to is judged by its head, before it is unpacked. Raises `Unfit`, and `NotAPicture`
    for another kind of file.
    """
    if len(content) > MAX_BYTES:
        raise Unfit("too_large", f"The file is larger than {MAX_BYTES // 2**20} MB.")
    with _opened(content) as image:
        return _written(_plain(image, max_side=max_side))


def cut(picture: bytes, box: Box, *, max_side: int = MAX_SIDE) -> Picture:
    """The part of a picture that `box` names. Raises `Unfit` where it has less than 16 pixels a side."""
    with _opened(picture) as image:
        upright = _plain(image, max_side=MAX_SIDE)
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
    with _opened(picture) as image:
        plain = _plain(image, max_side=MAX_SIDE)
    plain.thumbnail((width, height))
    return _written(plain)


def filled(picture: bytes, width: int, height: int) -> Picture:
    """The picture cut to exactly `width` by `height` pixels about its upper middle, where faces are."""
    with _opened(picture) as image:
        plain = _plain(image, max_side=MAX_SIDE)
    return _written(ImageOps.fit(plain, (width, height), centering=(0.5, 0.35)))


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    too_many = Unfit("too_many_pixels", f"The picture has more than {MAX_PIXELS // 10**6} million pixels.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise too_many
                yield image
    except UnidentifiedImageError:
        raise NotAPicture from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many from None
    except Unfit:
        raise
    except (OSError, ValueError, SyntaxError):
        raise Unfit("damaged", "The picture is damaged and cannot be read.") from None


def _plain(image: Image.Image, *, max_side: int) -> Image.Image:
    """Upright, in the colours of every screen, on white where it is transparent, and without a word."""
    image.draft("RGB", (max_side, max_side))  # a large JPEG is not unpacked whole
    upright = ImageOps.exif_transpose(image)
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in {"RGB", "CMYK", "L"}:
        upright = _in_srgb(upright, profile)
    if upright.has_transparency_data:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    plain = upright.convert("RGB")
    plain.info = {}  # a comment would be written along
    plain.thumbnail((max_side, max_side))
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that cannot be used is left away with the rest
    return changed or image


def _written(image: Image.Image) -> Picture:
    image.info = {}
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88, optimize=True)
    return Picture(stream.getvalue(), image.width, image.height)
