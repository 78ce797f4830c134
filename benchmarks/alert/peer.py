"""Sending to many as the manuals of Celery and Twilio have it: a row and a task each, the official client.

One worker of Celery as it comes: a process for each processor. Left out is what makes ours certain: no claim,
no log, no pace, no way to stop it.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.db import connection
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

QUEUE = "peer"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS bench_peer (id bigserial PRIMARY KEY, "to" text, body text, status text, sid text);
TRUNCATE bench_peer
"""


class _HttpClient(TwilioHttpClient):
    """The library's own advice for another address: a client of one's own."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """As the library's, at the stub."""
        return super().request(method, f"{settings.TWILIO_BASE_URL}{urlsplit(url).path}", *args, **kwargs)


@cache
def client() -> Client:
    """One a process, with connections that stay open."""
    return Client(
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=_HttpClient(timeout=10)
    )


def begin(count: int) -> None:
    """A row a recipient, and a task a row."""
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA)
        cursor.execute(
            'INSERT INTO bench_peer ("to", body, status) SELECT %s, %s, %s FROM generate_series(1, %s)',
            ["+447700900123", "CHILD RESCUE ALERT", "queued", count],
        )
        cursor.execute("SELECT id FROM bench_peer")
        ids = [row[0] for row in cursor.fetchall()]
    for pk in ids:
        send_one.apply_async(args=[pk], queue=QUEUE)


@shared_task(name="peer.send_one")
def send_one(pk: int) -> None:
    """One call, one save."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", body FROM bench_peer WHERE id = %s', [pk])
        to, body = cursor.fetchone()
        made = client().messages.create(
            to=to,
            from_=settings.TWILIO_SENDER,
            body=body,
            status_callback=f"{settings.PUBLIC_BASE_URL}/status?m=p-{pk}",
        )
        cursor.execute("UPDATE bench_peer SET status = 'sent', sid = %s WHERE id = %s", [made.sid, pk])


def sent() -> int:
    """How many it has written down as sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_peer WHERE status = 'sent'")
        return int(cursor.fetchone()[0])
