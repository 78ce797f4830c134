"""Asking systems whether they want what somebody signed them up for: each has to give our challenge back.

One signed POST to a public address, redirects not followed, of whose answer two kilobytes are read.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from alerts.audience.enums import ChallengeProblem
from foundation.calling import Answer, Call, CallFailed, run_all
from foundation.messaging.gateways import webhook
from foundation.messaging.gateways.base import Outgoing

TYPE = "alerts.challenge"
_MOST_BYTES = 2000
_MEANS = {
    "not_allowed": ChallengeProblem.NOT_ALLOWED,
    "no_such_host": ChallengeProblem.NO_HOST,
    "too_large": ChallengeProblem.WRONG,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What one system is asked. Address, challenge and secret stay out of `repr`."""

    reference: str
    endpoint: str = field(repr=False)
    challenge: str = field(repr=False)
    secret: str = field(repr=False)


def ask(questions: Mapping[int, Question]) -> dict[int, ChallengeProblem | None]:
    """Ask each once, all at the same time: None for a system that gave the challenge back, else why not.

    The answer is `{"challenge": "..."}` or the challenge alone. Call outside a transaction: it takes at most
    `settings.WEBHOOK_TIMEOUT` (seconds), however slowly an answer comes.
    """
    ended = run_all(
        {number: _steps(one) for number, one in questions.items()},
        timeout=settings.WEBHOOK_TIMEOUT,
        allowed=settings.WEBHOOK_ALLOWED_HOSTS,
    )
    return {number: _problem(one) for number, one in ended.items()}


def _steps(question: Question) -> Generator[Call, Answer, ChallengeProblem | None]:
    told = {
        "type": TYPE,
        "timestamp": timezone.now().isoformat(),
        "data": {"challenge": question.challenge},
    }
    outgoing = Outgoing(
        reference=question.reference,
        to=question.endpoint,
        body=json.dumps(told),
        secrets=(question.secret,),
    )
    headers, body = webhook.dressed(outgoing)
    answer = yield Call("POST", question.endpoint, headers, body, most_bytes=_MOST_BYTES)
    if not 200 <= answer.status < 300:
        return ChallengeProblem.STATUS
    return None if _given_back(answer.body) == question.challenge else ChallengeProblem.WRONG


def _problem(ended: ChallengeProblem | CallFailed | None) -> ChallengeProblem | None:
    if isinstance(ended, CallFailed):
        return _MEANS.get(ended.code, ChallengeProblem.NO_ANSWER)
    return ended


def _given_back(answer: bytes) -> str:
    text = answer.decode("utf-8", errors="replace").strip()
    try:
        found = json.loads(text)
    except ValueError:
        return text
    if isinstance(found, dict):
        found = found.get("challenge")
    return found if isinstance(found, str) else ""
