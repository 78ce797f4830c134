"""In the demonstration a referral to the partner with an account needs no override."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from foundation.accounts.demo import PARTNER
from foundation.accounts.enums import OrganisationKind
from partners import demo
from partners.models import Profile
from tests.cast import organisation
from tests.partners import making

pytestmark = pytest.mark.django_db


def test_the_force_and_the_charity_refer_to_it_within_their_agreements(
    met_inspector, met_coordinator, duty_manager, missing, charity, met_officer
) -> None:
    place = organisation(PARTNER[1], OrganisationKind.PARTNER, PARTNER[2])
    profile = Profile.objects.create(
        organisation=place, takes=["tracing"], works_by="account", email="desk@tracing.example"
    )
    people = {
        demo.INSPECTOR: met_inspector, demo.MANAGER: duty_manager, demo.WORKER: making.worker_of(place),
    }  # fmt: skip
    does = demo.Partnership(SimpleNamespace(actor=lambda who: people[who].actor))  # type: ignore[arg-type]
    for who in (demo.INSPECTOR, demo.MANAGER):
        does.agree(who)
    making.told(met_officer, missing, charity)

    for sender in (met_coordinator, duty_manager):
        sent = making.referred(sender, missing, profile, override_reason="")
        assert sent.release.agreement is not None
        assert not sent.release.overridden
