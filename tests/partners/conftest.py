"""A referral of the Met's coordinator to a tracing partner, and both partners' people."""

from __future__ import annotations

import pytest

from missingcases.models import Incident
from partners.models import Profile, Referral
from tests.cast import Member
from tests.missingcases import making as cases
from tests.partners import making


@pytest.fixture
def tracing(any_database: None) -> Profile:
    """The partner that most referrals go to."""
    return making.partner()


@pytest.fixture
def other_partner(any_database: None) -> Profile:
    """Another partner, which should see nothing of them."""
    return making.partner("other-trust")


@pytest.fixture
def partner_worker(tracing: Profile) -> Member:
    """Somebody of the partner."""
    return making.worker_of(tracing.organisation)


@pytest.fixture
def stranger_worker(other_partner: Profile) -> Member:
    """Somebody of the other partner."""
    return making.worker_of(other_partner.organisation)


@pytest.fixture
def missing(met_officer: Member) -> Incident:
    """Somebody whom the Met looks for."""
    incident = cases.report(met_officer.actor)
    return incident


@pytest.fixture
def referral(met_coordinator: Member, missing: Incident, tracing: Profile) -> Referral:
    """Sent, and not answered yet."""
    return making.referred(met_coordinator, missing, tracing)
