"""What an interview that was written up gives to the report."""

from __future__ import annotations

from rhi.interviews.enums import InterviewStatus
from rhi.interviews.models import Interview
from rhi.interviews.report import report_content
from rhi.models import Referral


def lines_of(referral: Referral) -> list[tuple[str, str]]:
    """Headed lines of the interview, as far as they may leave the provider; none before it is completed."""
    rows = Interview.objects.filter(referral=referral).exclude(status=InterviewStatus.DRAFT)
    found = rows.select_related("referral").first()
    return report_content(found) if found is not None else []
