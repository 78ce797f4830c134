"""How a child is reached, what they need, and why a time was missed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.exceptions import Invalid
from rhi import policies
from rhi.enums import BreachReason, GenderPreference
from rhi.models import Referral
from rhi.services.common import check_version, for_work, write
from rhi.services.opening import Details


@transaction.atomic
def edit_details(*, actor: Actor, referral_id: int, version: int, details: Details) -> Referral:
    """Change them. Raises `Conflict` with both sides where a colleague saved meanwhile."""
    referral = for_work(actor, referral_id)
    require(policies.may_edit(actor, referral))
    yours = {name: text.strip() for name, text in vars(details).items()}
    if yours["gender_preference"] not in GenderPreference.values:
        raise Invalid({"gender_preference": "Choose one of the listed values."})
    check_version(referral, version, yours)
    changed = {name: text for name, text in yours.items() if text != getattr(referral, name)}
    return write(actor, referral, changed, action="rhi.details_changed") if changed else referral


@transaction.atomic
def say_why_late(*, actor: Actor, referral_id: int, which: str, reason: str) -> Referral:
    """Say why the 72 hours (`interview`) or the report (`report`) were missed."""
    referral = for_work(actor, referral_id)
    late = lateness(referral, now=timezone.now())
    require(policies.may_say_why_late(actor, referral, late=which in late))
    if reason not in BreachReason.values:
        raise Invalid({"reason": "Choose why, as far as it is known."})
    name = "breach_reason" if which == INTERVIEW else "report_breach_reason"
    return write(actor, referral, {name: reason}, action="rhi.breach_explained")


INTERVIEW, REPORT = "interview", "report"


def lateness(referral: Referral, *, now: datetime) -> frozenset[str]:
    """Which of the two times were missed. An interview that nobody wanted was in time if that was known."""
    found = set()
    if (referral.settled_at or now) > referral.due_at:
        found.add(INTERVIEW)
    if referral.report_due_at is not None and (referral.reported_at or now) > referral.report_due_at:
        found.add(REPORT)
    return frozenset(found)
