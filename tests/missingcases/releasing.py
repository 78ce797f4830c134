"""What tests of releases need: an agreement in force, and a release of no incident."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from foundation.actors import Actor
from missingcases import services
from missingcases.agreements.models import Agreement
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Release
from tests.cast import Member

SOURCE = ("rhi.Interview", 7)
OUTSIDE = services.ReleaseTerms(override_reason="The agreement is being written.")


def agreement(sender: Member, receiver: Member, flow: str, *fields: str, **more: Any) -> Agreement:
    """An agreement in force, signed by both, to be reviewed in a year."""
    now = timezone.now()
    given = {
        "purpose": "To keep children safe.",
        "lawful_bases": [LawfulBasis.PUBLIC_TASK, LawfulBasis.VITAL_INTERESTS],
        "retention": "One year",
        "contact": "The data protection officers of both",
        "review_on": date.today() + timedelta(days=365),
        "status": "in_force",
        "from_signed_by": sender.user,
        "from_signed_at": now,
        "to_signed_by": receiver.user,
        "to_signed_at": now,
    }
    return Agreement.objects.create(
        from_organisation=sender.organisation,
        to_organisation=receiver.organisation,
        flow=flow,
        field_names=list(fields),
        **{**given, **more},
    )


def released(actor: Actor, to_id: int, kind: str = ReleaseKind.INTERVIEW_EXTRACT, **more: Any) -> Release:
    """A release copied from a confidential record, outside any agreement unless `terms` say otherwise."""
    given: dict[str, Any] = {
        "source": SOURCE,
        "fields": {"where_and_with_whom": "A flat near the station."},
        "purpose": "To find who harms children there.",
        "lawful_basis": LawfulBasis.PUBLIC_TASK,
        "reason": "She agreed, and others are at risk.",
        "terms": OUTSIDE,
    }
    return services.create_release(actor=actor, to_organisation_id=to_id, kind=kind, **{**given, **more})
