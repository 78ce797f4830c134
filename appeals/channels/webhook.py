"""A partner's own system: a signed JSON POST (standardwebhooks.com), sent again until it is taken.

A receiver ignores an id that it has had. What it answers may say where it shows the appeal (`url`): there we
look whether it is gone.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from appeals.channels.base import Job, Shown, Sight
from appeals.channels.pages import look_at
from foundation.calling import Answer, Call, CallFailed, Steps, expect

_LONGEST_ADDRESS = 500


def publish(job: Job) -> Steps[Shown]:
    """What is shown, in each language that there is, and what it was given as before a pause."""
    data = {
        "placement": job.reference,
        "replaces": list(job.replaces),
        "page": job.page,
        "embargo_until": _written(job.embargo_until),
        "appeal": dict(job.shown),
    }
    answer = yield from _told(job, "appeal.published", f"{job.reference}.published", data)
    return _answered(answer)


def find(job: Job) -> Steps[Shown | None]:
    """Nothing: told again under the same id, it is ignored where it was taken."""
    yield from ()
    return None


def withdraw(job: Job) -> Steps[None]:
    """That this one placement is to be taken down, and nothing of why. Each time it is told it is news."""
    data = {"placement": job.reference, "page": job.page}
    yield from _told(job, "appeal.withdrawn", f"{job.reference}.withdrawn.{job.turn}", data)


def look(job: Job) -> Steps[Sight]:
    """At the page that the partner named, if it did."""
    return (yield from look_at(job))


def _told(job: Job, kind: str, name: str, data: dict[str, Any]) -> Steps[Answer]:
    now = timezone.now()
    body = json.dumps({"type": kind, "timestamp": _written(now), "data": data}, separators=(",", ":"))
    try:
        signature = _signer(job.secret).sign(name, now, body)
    except (ValueError, EmptyWebhookSecretError):
        raise CallFailed("no_secret", permanent=True) from None
    headers = {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
    return expect((yield Call("POST", job.address, headers, body.encode())))


@lru_cache(maxsize=1024)
def _signer(secret: str) -> Webhook:
    """Kept, as hundreds are needed at the moment somebody is found."""
    return Webhook(secret)


def _answered(answer: Answer) -> Shown:
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = None
    url = said.get("url") if isinstance(said, dict) else None
    if isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) <= _LONGEST_ADDRESS:
        return Shown(remote_url=url)
    return Shown()


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
