"""Sending a file out so that it can never become a page of this site."""

from __future__ import annotations

from typing import BinaryIO

from django.http import FileResponse

DOWNLOAD = "application/octet-stream"


def sent(handle: BinaryIO, *, content_type: str = DOWNLOAD, save_as: str = "") -> FileResponse:
    """The answer with a file, read as it is sent. With `save_as` a browser saves it under that name.

    Show in a page only what we wrote ourselves, such as pictures written anew.
    """
    answer = FileResponse(handle, as_attachment=bool(save_as), filename=save_as, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store, private"
    return answer
