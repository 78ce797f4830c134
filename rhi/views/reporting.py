"""The interview of a referral: the way to it, and what it gives to the report once it is written up."""

from __future__ import annotations

from django.urls import reverse

from foundation.actors import Actor
from foundation.contributions import Link
from rhi.interviews import policies as interviews
from rhi.interviews import selectors as written
from rhi.interviews.enums import InterviewStatus
from rhi.interviews.models import Interview
from rhi.interviews.report import report_content
from rhi.models import Referral


def lines_of(referral: Referral) -> list[tuple[str, str]]:
    """Headed lines of the interview, as far as they may leave the provider; none before it is completed."""
    rows = Interview.objects.filter(referral=referral).exclude(status=InterviewStatus.DRAFT)
    found = rows.select_related("referral").first()
    return report_content(found) if found is not None else []


def way_to_interview(actor: Actor, referral: Referral) -> Link | None:
    """To the interview where there is one, to its beginning where there may be one."""
    found = written.visible_to(actor).filter(referral=referral).first()
    if found is not None:
        return Link("Open the interview", reverse("interviews:interview", args=[found.reference]))
    if interviews.may_start(actor, referral) is not None:
        return None
    return Link("Begin the interview", reverse("interviews:begin", args=[referral.reference]))
