"""What is held of a child is given to them weighed, and ends when they are 25."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.actors import Actor
from foundation.contributions import retention, subject_access
from missingcases.models import MissingPerson
from rhi.interviews.models import Coding
from rhi.models import Referral
from tests.rhi.interviews.conftest import written

pytestmark = pytest.mark.django_db
MARK = "the-boy-with-the-red-bicycle"


def test_a_child_is_given_what_they_told_but_for_harm(
    interview, rhi_interviewer, duty_manager, met_officer
) -> None:
    written(rhi_interviewer, interview, "push.home", words=MARK)
    written(rhi_interviewer, interview, "harm.hurt", choice="yes", words=MARK + "-harm")
    written(rhi_interviewer, interview, "analysis.view", words=MARK + "-view")

    def given(actor: Actor) -> list:
        rows = [one for one in subject_access() if one.model == "interviews.Answer"]
        return [record for one in rows for record in one.select([interview.pk], actor)]

    found = given(duty_manager.actor)
    assert MARK in str(found)
    assert MARK + "-" not in str(found)
    assert len([one for one in found if one.withheld]) == 2
    assert given(met_officer.actor) == []


def test_words_are_erased_at_25_and_what_is_counted_stays(interview, rhi_interviewer) -> None:
    written(rhi_interviewer, interview, "push.home", words=MARK)
    written(rhi_interviewer, interview, "push.themes", codes=("push-school",))
    written(rhi_interviewer, interview, "harm.hurt", choice="no", words=MARK)
    rule = next(one for one in retention() if one.model == "interviews.Interview")
    now = timezone.now()
    long_ago = now - timedelta(days=366 * 12)
    assert rule.due(now) == []
    MissingPerson.objects.update(date_of_birth=(now - timedelta(days=366 * 26)).date())
    Referral.objects.update(status="closed", clock_start=long_ago, due_at=now, completed_at=long_ago)
    assert rule.due(now) == [interview.pk]
    assert rule.erase([interview.pk], Actor.system("test")) == 1
    assert rule.due(now) == []
    assert set(interview.answers.values_list("question", "choice", "words")) == {
        ("push.home", "", ""),
        ("push.themes", "", ""),
        ("harm.hurt", "no", ""),
    }
    assert Coding.objects.count() == 1
