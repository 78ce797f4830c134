"""Nobody answers: reminded, escalated, returned; and hands that meet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.messaging.models import Message
from partners import contributions, selectors, services
from partners.models import Holding, Referral
from partners.services import chasing
from tests.foundation.messaging.test_races import together


def hours_on(referral: Referral, hours: int) -> Any:
    return referral.sent_at + timedelta(hours=hours, minutes=1)


def to(said: str = "") -> list[str]:
    rows = Message.objects.filter(service="partners")
    return sorted(row.to for row in rows if said in row.subject)


@pytest.mark.django_db
def test_it_reminds_then_escalates_then_comes_back(
    referral, met_coordinator, met_inspector, kent_officer, tracing, partner_worker
) -> None:
    assert not chasing.chase(referral.pk, now=hours_on(referral, 47))
    assert chasing.chase(referral.pk, now=hours_on(referral, 48))
    assert not chasing.chase(referral.pk, now=hours_on(referral, 49))
    assert to() == [tracing.email]
    assert contributions.referral_work(met_inspector.actor).count == 0

    assert chasing.chase(referral.pk, now=hours_on(referral, 96))
    assert set(to("not answered")) == {met_coordinator.user.email, met_inspector.user.email}
    for member in (met_coordinator, met_inspector):
        assert contributions.referral_work(member.actor).count == 1
    assert contributions.referral_work(kent_officer.actor) is None
    with pytest.raises(Refused):
        services.withdraw(actor=met_inspector.actor, referral_id=referral.pk, reason="not_needed")

    assert chasing.chase(referral.pk, now=hours_on(referral, 168))
    referral.refresh_from_db()
    assert (referral.status, referral.return_reason) == ("returned", "unanswered")
    assert referral.release.status == "revoked"
    assert selectors.content_of(partner_worker.actor, referral) == {}
    assert list(selectors.listed(met_coordinator.actor, "back")) == [referral]
    services.settle(actor=met_coordinator.actor, referral_id=referral.pk)
    assert contributions.referral_work(met_coordinator.actor).count == 0


@pytest.mark.django_db
def test_after_a_standstill_only_the_latest_step_is_done(referral) -> None:
    assert chasing.chase(referral.pk, now=hours_on(referral, 100))
    assert not chasing.chase(referral.pk, now=hours_on(referral, 100))
    assert to("waits for your answer") == []


def test_hands_that_meet_leave_one_holder(
    committing_db: str, met_coordinator: Any, missing: Any, tracing: Any, partner_worker: Any
) -> None:
    from tests.partners import making

    late = timezone.now() + timedelta(days=8)
    for other in ("reject", "withdraw", "chase"):
        referral = making.referred(met_coordinator, missing, tracing)
        given = {"referral_id": referral.pk}

        def take(number: int, other: str = other, given: dict[str, Any] = given) -> str:
            try:
                if number % 2 == 0:
                    services.accept(actor=partner_worker.actor, worker="Robin", **given)
                elif other == "reject":
                    services.reject(actor=partner_worker.actor, reason="no_capacity", **given)
                elif other == "withdraw":
                    services.withdraw(actor=met_coordinator.actor, reason="not_needed", **given)
                elif not chasing.chase(given["referral_id"], now=late):
                    return "refused"
            except Refused:
                return "refused"
            return "done"

        done = together(take, 4)
        referral.refresh_from_db()
        # An accepted referral may still be withdrawn; every other pair has one winner.
        assert done.count("done") == (2 if other == "withdraw" and referral.answered_at else 1)
        assert Holding.objects.filter(referral=referral, held_until__isnull=True).count() == 1
        if referral.is_open:
            services.withdraw(actor=met_coordinator.actor, reason="in_error", **given)
        assert Referral.objects.get(pk=referral.pk).release.status == "revoked"
