"""Fetching the feeds of forces that are due, and writing down how it went."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from appeals import deadlines
from appeals.enums import Sharing
from appeals.feeds.documents import document_of
from appeals.feeds.problems import MOST_KEPT, NotRead
from appeals.feeds.taking import Claim, SwitchedOff, take, with_times
from appeals.models import SharingPolicy
from foundation.calling import Answer, Call, CallFailed, Steps, expect, run_all

log = structlog.get_logger(__name__)

# Whole bodies are held until their items are taken.
AT_ONCE = 10
MOST_BYTES = 2_000_000
_UNCHANGED = 304


def read_feeds() -> int:
    """Read every feed that is due, some at a time; returns how many were tried."""
    tried = 0
    while claims := _claimed():
        steps = {claim: _fetched(claim) for claim in claims}
        came = run_all(steps, timeout=settings.OUTLET_TIMEOUT, allowed=settings.OUTLET_ALLOWED_HOSTS)
        for claim, answer in came.items():
            try:
                _read(claim, answer)
            except Exception as problem:  # what one feed brings up in us is no trouble of the others
                log.exception("feed_broke", organisation=claim.organisation_id, error=type(problem).__name__)
                _failed(claim, "broken")
        tried += len(claims)
    return tried


def _claimed() -> list[Claim]:
    """Some that are due: the committed promise that for a while nobody else reads them."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = SharingPolicy.objects.filter(
            Q(feed_next_at__isnull=True) | Q(feed_next_at__lte=now),
            sharing=Sharing.DRAFT,
            organisation__is_active=True,
        ).exclude(feed_url="")
        locked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
        rows = list(locked.order_by("feed_next_at")[:AT_ONCE])
        SharingPolicy.objects.filter(pk__in=[row.pk for row in rows]).update(
            feed_next_at=deadlines.feed_lease_ends_at(now)
        )
    return [
        Claim(row.pk, row.organisation_id, row.feed_url, row.kind, row.feed_etag, row.feed_modified)
        for row in rows
    ]


def _fetched(claim: Claim) -> Steps[Answer]:
    headers = {"Accept": "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.1"}
    if claim.etag:
        headers["If-None-Match"] = claim.etag
    if claim.modified:
        headers["If-Modified-Since"] = claim.modified
    answer = yield Call("GET", claim.url, headers, most_bytes=MOST_BYTES)
    return expect(answer, _UNCHANGED)


def _read(claim: Claim, came: Answer | CallFailed) -> None:
    """Take what came, or note why nothing did. A feed that was switched off meanwhile is left alone."""
    if isinstance(came, CallFailed):
        return _failed(claim, came.code, came)
    if came.status == _UNCHANGED:
        return _stand(claim, {})
    try:
        document = document_of(came.body)
        wrong = take(claim, document)
    except NotRead as problem:
        return _failed(claim, problem.code)
    except SwitchedOff:
        return None
    if not document.whole:
        wrong.append({"item": "", "code": "too_many", "fields": []})
    log.info("feed_read", organisation=claim.organisation_id, items=len(document.items), problems=len(wrong))
    return _stand(claim, _told(claim, came, len(document.items), wrong))


def _told(claim: Claim, came: Answer, items: int, wrong: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page shows. Nothing is asked for conditionally as long as time may mend an item."""
    before = claim.policy.values_list("feed_problems", flat=True).first() or []
    return {
        "feed_items": items,
        "feed_problems": with_times(wrong[:MOST_KEPT], before, timezone.now()),
        "feed_etag": "" if wrong else _kept(came.headers.get("etag", ""), 300),
        "feed_modified": "" if wrong else _kept(came.headers.get("last-modified", ""), 60),
    }


def _kept(header: str, longest: int) -> str:
    """A header that may be sent back as it came."""
    return header if header.isascii() and header.isprintable() and len(header) <= longest else ""


def _stand(claim: Claim, told: dict[str, Any]) -> None:
    now = timezone.now()
    claim.policy.update(
        feed_read_at=now,
        feed_problem="",
        feed_failed_since=None,
        feed_next_at=deadlines.feed_read_again_at(now),
        **told,
    )


def _failed(claim: Claim, code: str, why: CallFailed | None = None) -> None:
    now = timezone.now()
    again = deadlines.feed_read_again_at(now)
    if why is not None and why.retry_after is not None:
        again = max(again, now + why.retry_after)
    log.warning("feed_not_read", organisation=claim.organisation_id, code=code)
    claim.policy.update(
        feed_problem=code[:80], feed_failed_since=Coalesce("feed_failed_since", now), feed_next_at=again
    )
