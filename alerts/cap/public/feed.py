"""The feed of live messages as Atom (RFC 4287), written as text: machines ask for it every minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings

from alerts.cap.addresses import FEED, absolute, message_path
from alerts.cap.models import PublicCapMessage

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
MOST = 200
# No name stands in a title: titles end up in lists and logs.
TITLES = {
    "Alert": "Child Rescue Alert",
    "Update": "Child Rescue Alert: update",
    "Cancel": "Child Rescue Alert ended",
}
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def live() -> list[PublicCapMessage]:
    """Every message that may be given out at this moment, newest first."""
    fields = ("message_id", "identifier", "msg_type", "sent", "expires_at")
    return list(
        PublicCapMessage.objects.filter(is_live=True).only(*fields).order_by("-sent", "-message_id")[:MOST]
    )


def tag_of(rows: Sequence[PublicCapMessage]) -> str:
    """What tells this state of the feed from any other: which messages there are. They never change."""
    names = ",".join(str(row.message_id) for row in rows)
    return f'"{sha256(names.encode()).hexdigest()[:32]}"'


def written(rows: Sequence[PublicCapMessage]) -> bytes:
    """The document."""
    updated = max((row.sent for row in rows), default=_BEGAN)
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>tag:{escape(host)},2026:cap</id><title>Child Rescue Alerts</title>"
        f"<updated>{_stamp(updated)}</updated><author><name>Missing People</name></author>"
        f'<link rel="self" href="{escape(absolute(FEED))}"/>\n'
    )
    return f"{head}{''.join(_entry(row, host) for row in rows)}</feed>\n".encode()


def _entry(row: PublicCapMessage, host: str) -> str:
    place = escape(absolute(message_path(row.identifier)))
    return (
        f"<entry><id>tag:{escape(host)},2026:cap:{escape(row.identifier)}</id>"
        f"<title>{TITLES[row.msg_type]}</title><updated>{_stamp(row.sent)}</updated>"
        f"<published>{_stamp(row.sent)}</published>"
        f'<link rel="alternate" type="application/cap+xml" href="{place}"/>'
        f'<content type="application/cap+xml" src="{place}"/></entry>\n'
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
