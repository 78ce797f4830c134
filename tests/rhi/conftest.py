"""Bringing children home, and referrals to where a test begins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.accounts.models import Organisation
from missingcases.models import Incident
from missingcases.services import record_returned
from rhi import services
from rhi.models import AuthorityPolicy, Referral
from tests.cast import Member
from tests.missingcases import making


def arrange(authority: Organisation, provider: Organisation, **given: Any) -> AuthorityPolicy:
    """An authority has interviews offered by this provider."""
    values = {"is_on": True, "provider": provider} | given
    return AuthorityPolicy.objects.create(authority=authority, **values)


def came_home(officer: Member, *, hours: float = 1, **given: Any) -> Incident:
    """A child of fourteen who came home that long ago; the subscribers have not heard of it yet."""
    values = {"date_of_birth": making.child_born()} | given
    incident = making.report(officer.actor, **values)
    back = timezone.now() - timedelta(hours=hours)
    making.located(officer.actor, incident, located_at=back)
    record_returned(actor=officer.actor, incident_id=incident.pk, returned_at=back)
    incident.refresh_from_db()
    return incident


def referred(officer: Member, authority: Organisation, **given: Any) -> Referral:
    """The referral that opened by itself for a child of this authority who came home."""
    given = {"looked_after": "yes", "placing_authority_id": authority.pk} | given
    incident = came_home(officer, **given)
    found = services.open_for_return(incident_id=incident.pk)
    assert found is not None
    return found


def allocated(referral: Referral, manager: Member, interviewer: Member) -> Referral:
    """Given to an interviewer."""
    services.allocate(
        actor=manager.actor,
        referral_id=referral.pk,
        interviewer_id=interviewer.user.pk,
        version=referral.version,
    )
    referral.refresh_from_db()
    return referral


def answered(referral: Referral, interviewer: Member, answer: str, **given: Any) -> Referral:
    """The child answered the offer."""
    values: dict[str, Any] = {"answered_at": timezone.now(), "limits_explained": True} | given
    services.record_answer(actor=interviewer.actor, referral_id=referral.pk, answer=answer, **values)
    referral.refresh_from_db()
    return referral


def tried(referral: Referral, interviewer: Member, **given: Any) -> Any:
    """An attempt to reach the child."""
    values: dict[str, Any] = {
        "at": timezone.now(),
        "channel": "call",
        "whom": "child",
        "outcome": "talked",
        "note": "Sounded well.",
        "form_token": uuid4(),
    }
    return services.record_attempt(actor=interviewer.actor, referral_id=referral.pk, **values | given)


def hours_ago(hours: float) -> datetime:
    """A moment that long before now."""
    return timezone.now() - timedelta(hours=hours)


@pytest.fixture
def arranged(lambeth: Organisation, charity: Organisation) -> AuthorityPolicy:
    """Lambeth has the charity interview its children."""
    return arrange(lambeth, charity)
