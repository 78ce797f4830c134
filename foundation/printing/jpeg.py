"""Whether a JPEG bears more than its picture: where it was taken, by whom, a comment, an older picture."""

from __future__ import annotations

START = b"\xff\xd8"
PICTURE_BEGINS = 0xDA
# JFIF and Adobe's note on colours say how to show it; the other application segments and comments say more.
TELLING = {*range(0xE1, 0xEE), 0xEF, 0xFE}


def tells_more_than_it_shows(content: bytes) -> bool:
    """Of anything but a JPEG: no, as only a JPEG is printed without being decoded."""
    if not content.startswith(START):
        return False
    at = len(START)
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == PICTURE_BEGINS:
            return False
        if marker in TELLING:
            return True
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return False  # damaged: the press refuses it
