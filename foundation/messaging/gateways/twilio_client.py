"""Twilio's own client, held to a timeout and, for the sandbox, to another address."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

MESSAGES_HOST = "https://api.twilio.com"


class TooMany(Exception):
    """HTTP 429. The library's own exception forgets when the provider said to come back."""

    def __init__(self, retry_after: timedelta | None) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class BoundedHttpClient(TwilioHttpClient):
    """Never waits for ever, and sends to `base_url` what would go to Twilio where one is set."""

    def __init__(self, *, timeout: float, base_url: str = "") -> None:
        super().__init__(timeout=timeout)
        # A machine's proxy is for the world outside, not for the stand-in beside us.
        self.session.trust_env = not base_url
        self._base_url = base_url.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """As the library's, but raises `TooMany` on 429."""
        if self._base_url:
            parts = urlsplit(url)
            url = f"{self._base_url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        answer: Response = super().request(method, url, *args, **kwargs)
        if answer.status_code == 429:
            raise TooMany(_seconds(answer.headers.get("Retry-After", "")))
        return answer


def _seconds(header: str) -> timedelta | None:
    return timedelta(seconds=min(int(header), 600)) if header.isdecimal() else None


@lru_cache(maxsize=8)
def _client(sid: str, token: str, base_url: str, timeout: float) -> Client:
    return Client(sid, token, http_client=BoundedHttpClient(timeout=timeout, base_url=base_url))


def client() -> Client:
    """The client for the account in the settings; one a process, so that connections are reused."""
    return _client(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_AUTH_TOKEN,
        settings.TWILIO_BASE_URL,
        settings.TWILIO_TIMEOUT,
    )
