"""Where files lie: under the media root, by random names. Nothing serves these folders by itself."""

from __future__ import annotations

import io
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def path_of(place: str) -> Path:
    """Where the file at `place` (folder and name) lies."""
    return Path(settings.MEDIA_ROOT) / place


def new_place(folder: str, *, ending: str = "") -> str:
    """A random place in a folder that is there and that only we may enter."""
    name = secrets.token_hex(16)
    place = f"{folder}/{name}.{ending}" if ending else f"{folder}/{name}"
    path_of(place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(content: bytes | BinaryIO, *, folder: str, ending: str = "") -> str:
    """Write `content` to a new place in the folder and return it."""
    place = new_place(folder, ending=ending)
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with path_of(place).open("wb") as target:
        shutil.copyfileobj(source, target)
    return place


def delete(place: str) -> bool:
    """Delete the file at `place`; False where there is none."""
    if not place:
        return False
    try:
        path_of(place).unlink()
    except FileNotFoundError:
        return False
    return True
