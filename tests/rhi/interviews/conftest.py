"""Interviews at the point where a test begins."""

from __future__ import annotations

from typing import Any

import pytest

from rhi.interviews import services
from rhi.interviews.models import Interview
from rhi.interviews.services import Typed
from rhi.models import Referral
from tests.cast import Member
from tests.rhi.conftest import allocated, answered, arrange, referred

WISHES = ("sharing.authority", "sharing.police", "sharing.carer")


def written(member: Member, interview: Interview, question: str, **given: Any) -> int:
    """Something was typed under a question; the version it has now."""
    values = {"version": 0} | given
    return services.save_answer(
        actor=member.actor, reference=interview.reference, typed=Typed(question, **values)
    )


def wishes(member: Member, interview: Interview, answer: str = "summary") -> None:
    """The child was asked about each who may know."""
    for question in WISHES:
        written(member, interview, question, choice=answer)


@pytest.fixture
def accepted(met_officer, lambeth, charity, duty_manager, rhi_interviewer) -> Referral:
    """A child who will talk, given to the interviewer."""
    arrange(lambeth, charity)
    referral = allocated(referred(met_officer, lambeth, hours=3), duty_manager, rhi_interviewer)
    return answered(referral, rhi_interviewer, "accepted")


@pytest.fixture
def interview(accepted: Referral, rhi_interviewer: Member) -> Interview:
    """Begun, with nothing written yet."""
    return services.start(actor=rhi_interviewer.actor, referral_id=accepted.pk, limits_explained=True)
