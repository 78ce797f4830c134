"""A release between two people at once, with real threads and real commits."""

from __future__ import annotations

import pytest

from foundation.audit.models import AuditEvent
from missingcases import services
from missingcases.enums import Ground, LawfulBasis, ReleaseKind
from missingcases.models import Release
from tests.cast import member
from tests.missingcases import releasing
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def test_two_managers_decide_and_one_takes_back_and_the_force_reads_all_at_once(
    caseworker, duty_manager, met, met_officer
) -> None:
    """Whatever comes first: one decision, no reading after the withdrawal, no deadlock."""
    second = member("manager2@charity.example", "Ada Quist", duty_manager.organisation, "charity_manager")
    first, other, officer = duty_manager.actor, second.actor, met_officer.actor
    broken = releasing.released(
        caseworker.actor,
        met.pk,
        ReleaseKind.CONFIDENCE_BROKEN,
        lawful_basis=LawfulBasis.SAFEGUARDING,
        terms=services.ReleaseTerms(ground=Ground.CHILD_ABUSE),
    )
    given = {"release_id": broken.pk, "reason": "Others are there."}
    done, told = at_once(
        lambda: services.decide_release(actor=first, approve=True, **given),
        lambda: services.decide_release(actor=other, approve=False, **given),
    )
    assert (done, len(told)) == (1, 1)
    decisions = ("release.approved", "release.refused")
    assert AuditEvent.objects.filter(action__in=decisions, target_id=broken.pk).count() == 1

    shown = releasing.released(caseworker.actor, met.pk)
    at_once(
        lambda: services.revoke_release(actor=first, release_id=shown.pk, reason="Her wish."),
        *[lambda: services.read_release(actor=officer, release_id=shown.pk)] * 3,
        lambda: services.acknowledge_release(actor=officer, release_id=shown.pk),
    )
    assert Release.objects.get(pk=shown.pk).status == "revoked"
    trail = AuditEvent.objects.filter(target="missingcases.Release", target_id=shown.pk).order_by("pk")
    after = list(trail.values_list("action", flat=True))
    taken_back = after.index("release.revoked")
    assert {"release.read", "release.acknowledged"}.isdisjoint(after[taken_back:])
