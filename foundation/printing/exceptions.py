"""Why something could not be printed, in words that hold nothing of what was to be printed."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why. The words are for whoever asked for it."""

    BAD_PICTURE = "The picture is damaged or of a kind that cannot be printed. Upload it again."
    TOO_LARGE = "This would be more pages or a larger picture than is printed. Shorten the text."
    TOO_SLOW = "Printing took too long and was stopped. Try again; if it happens again, tell support."
    BROKEN = "This could not be printed. The fault is ours; tell support."


class NotPrinted(Exception):
    """`cause` is for people; `where` is the place in our template, for whoever mends it."""

    def __init__(self, cause: Cause, where: str = "") -> None:
        super().__init__(cause.value, where)
        self.cause = cause
        self.where = where
