"""Asking an address that an administrator typed: never one inside, never for long, never for much."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3
from django.conf import settings

from foundation.messaging.gateways import outside
from foundation.single_sign_on.exceptions import Unreachable

SECONDS = 5.0
SECONDS_IN_ALL = 10.0
MOST_BYTES = 256 * 1024
CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, read to its end."""

    status: int
    body: bytes

    def told(self) -> dict[str, Any]:
        """The JSON object in it. Raises `Unreachable` where it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Unreachable("no_json", "The provider answered something that is not JSON.")
        return found


def checked(url: str) -> outside.Target:
    """Where `url` leads, if we may go there. Raises `Unreachable`."""
    try:
        target = outside.check(url, allowed=settings.SIGN_IN_ALLOWED_HOSTS)
    except outside.NotAllowed:
        raise Unreachable(
            "address",
            "An address must start with https:// and lead to a server that can be reached from the internet.",
        ) from None
    except outside.NoSuchHost:
        raise Unreachable("no_host", "There is no server of this name.") from None
    if settings.IS_PRODUCTION and not target.secure:
        raise Unreachable("address", "An address must start with https://.")
    return target


def fetch(url: str, *, form: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Answer:
    """GET `url`, or POST `form` to it; follow nothing, try once. Raises `Unreachable`."""
    target = checked(url)
    sent = {"Host": outside.host_header(target), "Accept": "application/json", **(headers or {})}
    body = None
    if form is not None:
        body = urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    ends_at = time.monotonic() + SECONDS_IN_ALL
    try:
        with outside.connect(target, timeout=SECONDS) as pool:
            answer = pool.urlopen(
                "POST" if form is not None else "GET",
                target.path,
                body=body,
                headers=sent,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            return Answer(answer.status, _read(answer, ends_at))
    except (urllib3.exceptions.HTTPError, OSError):
        raise Unreachable("no_answer", "The provider did not answer in time.") from None


def _read(answer: urllib3.BaseHTTPResponse, ends_at: float) -> bytes:
    """The body, as long as it is small and comes soon. Raises `Unreachable`."""
    read = bytearray()
    while chunk := answer.read1(CHUNK):  # type: ignore[attr-defined]
        read += chunk
        if len(read) > MOST_BYTES:
            raise Unreachable("too_large", "The provider answered far too much.")
        if time.monotonic() > ends_at:
            raise Unreachable("no_answer", "The provider did not answer in time.")
    return bytes(read)
