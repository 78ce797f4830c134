"""Asking a system whether it wants what somebody signed it up for: it has to give our challenge back.

One signed POST to a public address, redirects not followed, of whose answer two kilobytes are read.
"""

from __future__ import annotations

import json

import urllib3
from django.conf import settings
from django.utils import timezone

from alerts.audience.enums import ChallengeProblem
from foundation.messaging.gateways import outside, webhook
from foundation.messaging.gateways.base import Outgoing

TYPE = "alerts.challenge"
_MOST_BYTES = 2000


def ask(endpoint: str, challenge: str, *, secret: str, reference: str) -> ChallengeProblem | None:
    """Ask once; None where the system gave the challenge back, else why that does not count.

    It is `{"challenge": "..."}` or the challenge alone. Call outside a transaction: takes as long as
    `settings.WEBHOOK_TIMEOUT` (seconds) for connecting and for each read.
    """
    told = {"type": TYPE, "timestamp": timezone.now().isoformat(), "data": {"challenge": challenge}}
    outgoing = Outgoing(reference=reference, to=endpoint, body=json.dumps(told), secrets=(secret,))
    headers, body = webhook.dressed(outgoing)
    try:
        target = outside.check(endpoint)
        status, answer = _post(target, headers, body)
    except outside.NotAllowed:
        return ChallengeProblem.NOT_ALLOWED
    except outside.NoSuchHost:
        return ChallengeProblem.NO_HOST
    except (urllib3.exceptions.HTTPError, OSError):
        return ChallengeProblem.NO_ANSWER
    if not 200 <= status < 300:
        return ChallengeProblem.STATUS
    return None if _given_back(answer) == challenge else ChallengeProblem.WRONG


def _post(target: outside.Target, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    with outside.connect(target, timeout=settings.WEBHOOK_TIMEOUT) as pool:
        answer = pool.urlopen(
            "POST",
            target.path,
            body=body,
            headers={**headers, "Host": outside.host_header(target)},
            redirect=False,
            preload_content=False,
        )
        try:
            return answer.status, answer.read(_MOST_BYTES)
        finally:
            answer.close()


def _given_back(answer: bytes) -> str:
    text = answer.decode("utf-8", errors="replace").strip()
    try:
        found = json.loads(text)
    except ValueError:
        return text
    if isinstance(found, dict):
        found = found.get("challenge")
    return found if isinstance(found, str) else ""
