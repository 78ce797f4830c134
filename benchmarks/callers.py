"""A text provider that calls back: signed receipts over kept connections, as cheap to make as can be."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from twilio.request_validator import RequestValidator

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Call:
    """One receipt, ready to be sent: which message of ours it names, and its bytes."""

    reference: str
    content: bytes


def receipt(address: str, reference: str, *, sid: str, status: str = "delivered") -> Call:
    """A signed receipt posted to `address`, which is what the receiving site calls itself."""
    form = {
        "AccountSid": settings.TWILIO_ACCOUNT_SID,
        "MessageSid": sid,
        "SmsSid": sid,
        "MessageStatus": status,
        "SmsStatus": status,
        "To": "+447700900123",
        "From": "+447700900000",
        "ApiVersion": "2010-04-01",
    }
    url = f"{address}?m={reference}"
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(url, form)
    body = urlencode(form).encode()
    parts = urlsplit(url)
    head = (
        f"POST {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return Call(reference, head.encode() + body)


def call_all(port: int, calls: Sequence[Call], *, connections: int = CONNECTIONS) -> list[str]:
    """Send them over so many connections at once; returns the references that were answered 204.

    A connection that breaks ends its share: what it had sent is not answered.
    """
    shares = [calls[start::connections] for start in range(connections)]
    with ThreadPoolExecutor(connections) as pool:
        return [name for names in pool.map(lambda share: _call(port, share), shares) for name in names]


def _call(port: int, calls: Sequence[Call]) -> list[str]:
    answered: list[str] = []
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            for one in calls:
                line.sendall(one.content)
                if not _answer(line).startswith(b"HTTP/1.1 204"):
                    raise RuntimeError(f"receipt {one.reference} was not taken")
                answered.append(one.reference)
    except OSError:
        return answered
    return answered


def _answer(line: socket.socket) -> bytes:
    found = b""
    while b"\r\n\r\n" not in found:
        part = line.recv(8192)
        if not part:
            raise ConnectionError
        found += part
    return found
