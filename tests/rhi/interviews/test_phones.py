"""A phone is told whether it may still hold an interview, by its own token, whatever its session does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.models import Membership
from foundation.exceptions import NotVisible
from rhi.interviews import deadlines, services
from rhi.interviews.models import Interview, PhoneCopy
from rhi.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(interview, rhi_interviewer) -> str:
    return services.take_to_phone(actor=rhi_interviewer.actor, reference=interview.reference)[1]


def test_it_is_taken_by_its_interviewer_and_the_token_is_not_stored(
    interview, token, duty_manager, met_officer
) -> None:
    assert services.standing(token) is not None
    assert token not in str(list(PhoneCopy.objects.values()))
    for member, why in ((duty_manager, Refused), (met_officer, NotVisible)):
        with pytest.raises(why):
            services.take_to_phone(actor=member.actor, reference=interview.reference)
    assert services.standing("guessed") is None


def test_without_network_it_opens_for_hours_and_is_kept_for_days(token) -> None:
    found = services.standing(token)
    copy = PhoneCopy.objects.get()
    assert found.expires_at == copy.taken_at + deadlines.ON_PHONE
    assert found.opens_until - timezone.now() > deadlines.LEASE - timedelta(minutes=1)
    near_the_end = copy.expires_at - timedelta(hours=1)
    assert deadlines.lease_ends_at(near_the_end, copy.expires_at) == copy.expires_at


@pytest.mark.parametrize("what", ["suspended", "role", "unassigned", "completed", "ended", "expired", "lost"])
def test_it_is_wiped_when_it_may_not_hold_it_any_more(
    what, token, interview, rhi_interviewer, duty_manager, second_caseworker
) -> None:
    user = rhi_interviewer.user
    match what:
        case "suspended":
            type(user).objects.filter(pk=user.pk).update(is_active=False)
        case "role":
            Membership.objects.filter(user=user).update(ended_at=timezone.now())
        case "unassigned":
            Referral.objects.update(interviewer=second_caseworker.user)
        case "completed":
            now = timezone.now()
            Interview.objects.update(status="completed", completed_at=now, held_at=now)
        case "ended":
            Referral.objects.update(status="withdrawn")
        case "expired":
            PhoneCopy.objects.update(expires_at=timezone.now())
        case "lost":
            assert services.end_copy(actor=duty_manager.actor, reference=interview.reference) == 1
    assert services.standing(token) is None
