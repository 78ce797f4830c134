"""What a file is, by what its bytes say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

import puremagic

# What is taken beside pictures. None is ever shown in a page: a browser saves it.
DOWNLOADS: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}


class NotTaken(ValueError):
    """A file of a kind we do not take, an empty one, or one that is not what its name says; in words."""


def download_type(name: str, content: bytes) -> str:
    """The content type of a file that is taken. Raises `NotTaken`."""
    ending = PurePath(name).suffix.lower()
    expected = DOWNLOADS.get(ending)
    if expected is None:
        raise NotTaken(f"Files such as {', '.join(DOWNLOADS)} and pictures are taken.")
    if not content:
        raise NotTaken("The file is empty.")
    if ending not in _endings(content) if ending != ".txt" else b"\x00" in content:
        raise NotTaken("The file is not what its name says.")
    return expected


def _endings(content: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        return set()
