"""The clock of the check-back: which pages are due, what is fetched, what is written down."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from appeals import deadlines
from appeals.enums import FragmentProblem
from appeals.fragments.reading import problem_of
from appeals.models import FragmentCheck
from foundation.calling import Answer, Call, CallFailed, Steps, as_they_end, expect

AT_ONCE = 100
MOST_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One page that is ours to look at; `next_at` is when somebody may again, and tells this look apart."""

    pk: int
    url: str
    next_at: datetime


def check_due() -> int:
    """Look at every page that is due; returns how many were looked at."""
    looked = 0
    while looks := _claim():
        steps = {look: _steps(look.url) for look in looks}
        for ended in as_they_end(
            steps, timeout=settings.OUTLET_TIMEOUT, allowed=settings.OUTLET_ALLOWED_HOSTS
        ):
            _settle(ended)
        looked += len(looks)
    return looked


def _claim() -> list[Look]:
    """Pages that nobody looks at now. Each is claimed for as long as nobody may look at it again."""
    now = timezone.now()
    next_at = now + deadlines.FRAGMENT_LOOKED_AT_EVERY
    with transaction.atomic(durable=True):
        due = FragmentCheck.objects.filter(is_active=True, next_at__lte=now)
        locked = due.select_for_update(skip_locked=True, no_key=True).order_by("next_at")
        found = dict(locked.values_list("pk", "url")[:AT_ONCE])
        FragmentCheck.objects.filter(pk__in=found).update(next_at=next_at)
    return [Look(pk, url, next_at) for pk, url in found.items()]


def _steps(url: str) -> Steps[str]:
    """What is wrong with the page; each address on the way is judged as the first is."""
    for _ in range(MOST_REDIRECTS + 1):
        answer = yield Call("GET", url, {"Accept": "text/html", "Accept-Encoding": "identity"})
        if answer.status not in _MOVED:
            return _seen(expect(answer))
        url = urljoin(url, answer.headers.get("location", ""))
    raise CallFailed(FragmentProblem.REDIRECTS)


def _seen(answer: Answer) -> str:
    head = Message()
    head["Content-Type"] = answer.headers.get("content-type", "")
    if (
        head.get_content_type() not in _HTML
        or answer.headers.get("content-encoding", "identity") != "identity"
    ):
        raise CallFailed(FragmentProblem.NOT_HTML)
    return problem_of(answer.body.decode(_encoding(head), errors="replace"))


def _encoding(head: Message) -> str:
    """As the page says, else UTF-8: what is looked for is ASCII, and most that disagree agree on that."""
    try:
        return codecs.lookup(head.get_content_charset("utf-8")).name
    except LookupError:
        return "utf-8"


@transaction.atomic
def _settle(ended: dict[Look, str | CallFailed]) -> None:
    """Written where nobody switched the page off meanwhile. Whatever is wrong begins once and lasts."""
    now = timezone.now()
    for look, came in sorted(ended.items(), key=lambda one: one[0].pk):
        rows = FragmentCheck.objects.filter(pk=look.pk, is_active=True, next_at=look.next_at)
        failed = isinstance(came, CallFailed)
        problem = came.code if isinstance(came, CallFailed) else came
        if problem:
            found = None if failed else False
            since = Coalesce("missing_since", now)
            rows.update(checked_at=now, found=found, problem=problem, missing_since=since)
        else:
            rows.update(checked_at=now, found=True, problem="", missing_since=None, seen_at=now)
