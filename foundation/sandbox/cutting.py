"""Cutting a connection in the middle, as a network does."""

from __future__ import annotations

import socket
import struct
from typing import NoReturn

from django.http import HttpRequest

SOCKET = "sandbox.socket"


class Cut(BaseException):
    """Raised after the connection is gone. A BaseException, so that nothing turns it into an answer."""


def cut(request: HttpRequest) -> NoReturn:
    """Close the caller's connection without an answer."""
    connection: socket.socket = request.META[SOCKET]
    # No lingering: the caller sees a reset, not an orderly end.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
    raise Cut
