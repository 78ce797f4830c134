"""A force's systems hear that a referral stands otherwise, and no word of what was said."""

from __future__ import annotations

import pytest

from missingcases.hooks.models import Delivery, Endpoint
from rhi.services import telling
from tests.rhi.conftest import allocated, answered, referred

pytestmark = pytest.mark.django_db


def test_systems_are_told_once_for_each_of_the_five_words(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer, kent_officer
) -> None:
    for force in (met_officer.organisation, kent_officer.organisation, duty_manager.organisation):
        Endpoint.objects.create(
            organisation=force, url="https://192.0.2.1/in", types=["rhi.status"], secret="whsec_eA=="
        )
    referral = referred(met_officer, lambeth, hours=5)
    assert telling.tell_systems() == 1
    assert telling.tell_systems() == 0
    allocated(referral, duty_manager, rhi_interviewer)
    answered(referral, rhi_interviewer, "declined", decline_reason="coercion_suspected")
    assert telling.tell_systems() == 1
    answered(referral, rhi_interviewer, "declined_but_talked", decline_reason="no_trust")
    assert telling.tell_systems() == 0
    told = Delivery.objects.filter(type="rhi.status")
    assert {row.endpoint.organisation for row in told} == {met_officer.organisation}
    assert [row.subject for row in told] == [referral.reference] * 2
