"""A release that waits is looked at again as it is approved: more may be known of the family by then."""

from __future__ import annotations

import pytest

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.enums import DiscloseLocation, Ground, LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.policies import FAMILY_DANGER
from tests.cast import member
from tests.missingcases import making, releasing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_kept", [True, False])
def test_whoever_speaks_with_the_family_is_not_sent_what_was_written_before_the_danger_was_known(
    met_officer, authority_worker, lambeth, charity, is_kept
) -> None:
    incident = making.report(met_officer.actor)
    Incident.objects.filter(pk=incident.pk).update(disclose_location=DiscloseLocation.YES)
    waiting = releasing.released(
        authority_worker.actor,
        charity.pk,
        ReleaseKind.CONFIDENCE_BROKEN,
        incident_id=incident.pk,
        lawful_basis=LawfulBasis.SAFEGUARDING,
        terms=services.ReleaseTerms(ground=Ground.CHILD_ABUSE),
    )
    second = member("second@lambeth.example", "Ivo Marsh", lambeth, Role.LOCAL_AUTHORITY)
    if is_kept:
        services.set_flag(
            actor=met_officer.actor,
            incident_id=incident.pk,
            kind="honour_based_abuse",
            status="suspected",
            source="A teacher",
        )

    def approve() -> str:
        return services.decide_release(
            actor=second.actor, release_id=waiting.pk, approve=True, reason="They have to know."
        ).status

    if not is_kept:
        assert approve() == "approved"
        return
    with pytest.raises(Refused) as caught:
        approve()
    assert caught.value.refusal.code == FAMILY_DANGER.code
    waiting.refresh_from_db()
    assert waiting.status == "draft"
    assert not AuditEvent.objects.filter(action="release.of_kept_family").exists()
