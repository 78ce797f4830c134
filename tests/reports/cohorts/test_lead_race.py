"""Several take over the same review at once: one of them leads it, and nothing is written twice."""

from __future__ import annotations

from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership
from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from reports.cohorts import services
from tests.cast import member
from tests.foundation.messaging.test_races import together


def test_of_all_who_take_the_lead_at_once_one_has_it(committing_db, review, met, met_coordinator) -> None:
    heirs = [
        member(f"heir{number}@met.example", f"Heir {number}", met, Role.POLICE_COORDINATOR)
        for number in range(8)
    ]
    Membership.objects.filter(user=met_coordinator.user).update(ended_at=timezone.now())

    def take(number: int) -> bool:
        try:
            services.take_lead(actor=heirs[number].actor, review_id=review.pk)
        except (Refused, NotVisible):
            return False
        return True

    took = together(take, count=len(heirs))
    assert took.count(True) == 1
    before = review.version
    review.refresh_from_db()
    assert review.lead_id == heirs[took.index(True)].user.pk
    assert review.version == before + 1
    assert AuditEvent.objects.filter(action="cohort.lead_taken").count() == 1
