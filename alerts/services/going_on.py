"""Reviewing and renewing: that an issued alert is still needed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alerts.deadlines import expires_at, review_due_at
from alerts.enums import NoticeKind
from alerts.models import ChildRescueAlert, Notice
from alerts.policies import running
from alerts.services.common import hold
from alerts.services.sending import freeze
from alerts.services.telling import rewritten, tell
from foundation.access import require
from foundation.actors import Actor


@transaction.atomic
def review_alert(*, actor: Actor, alert_id: int, version: int) -> ChildRescueAlert:
    """Say that it is still needed: it is asked again after four hours (domain.md section 5)."""
    alert = hold(actor, alert_id, version=version)
    require(running.may_review(actor, alert))
    alert.review_at = review_due_at(timezone.now())
    rewritten(actor, alert, "reviewed", saved=["review_at"])
    return alert


@transaction.atomic
def renew_alert(*, actor: Actor, alert_id: int, version: int) -> Notice:
    """Have it last another day from now: its page and CAP message go on; nobody is written to for that."""
    alert = hold(actor, alert_id, version=version)
    require(running.may_review(actor, alert))
    now = timezone.now()
    last = alert.notices.select_related("content").order_by("-number")[0]
    alert.review_at, alert.expires_at = review_due_at(now), expires_at(now)
    rewritten(actor, alert, "renewed", saved=["review_at", "expires_at"])
    notice = freeze(actor, alert, NoticeKind.UPDATE, content=last.content, area_ids=last.area_ids, now=now)
    tell(actor, alert, notice, "renewed", f"Child Rescue Alert {alert.reference} goes on for another day")
    return notice
