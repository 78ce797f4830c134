"""Nobody answers: reminded, escalated, returned; and hands that meet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.models import Membership, User
from foundation.messaging.models import Message
from partners import contributions, selectors, services
from partners.models import Holding, Referral
from partners.services import chasing
from tests.cast import Member
from tests.foundation.messaging.test_races import together
from tests.missingcases import making as cases
from tests.partners import making


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
def test_whoever_has_left_the_force_is_not_told_that_nobody_answers(
    referral, met_coordinator, met_inspector
) -> None:
    Membership.objects.filter(user=met_coordinator.user).update(ended_at=timezone.now())
    assert chasing.chase(referral.pk, now=hours_on(referral, 96))
    assert to("not answered") == [met_inspector.user.email]


@pytest.mark.django_db
def test_after_a_standstill_only_the_latest_step_is_done(referral) -> None:
    assert chasing.chase(referral.pk, now=hours_on(referral, 100))
    assert not chasing.chase(referral.pk, now=hours_on(referral, 100))
    assert to("waits for your answer") == []


@pytest.mark.django_db
def test_an_address_that_cannot_be_written_to_keeps_no_other_referral_waiting(
    referral, met_coordinator, met_officer, tracing
) -> None:
    broken = making.referred(met_coordinator, cases.report(met_officer.actor), tracing)
    Referral.objects.filter(pk=broken.pk).update(sent_by=met_officer.user)
    User.objects.filter(pk=met_officer.user.pk).update(email="nowhere")
    late = timezone.now() - timedelta(minutes=1)
    Referral.objects.update(reminded_at=late, escalate_at=late)
    Referral.objects.filter(pk=broken.pk).update(remind_at=late)

    assert chasing.chase_due() == 1
    referral.refresh_from_db()
    broken.refresh_from_db()
    assert referral.is_escalated
    assert not broken.is_escalated
    told = {
        row.owner_id for row in Message.objects.filter(service="partners") if "not answered" in row.subject
    }
    assert told == {referral.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("is_begun", [False, True])
def test_a_partner_that_falls_silent_is_reminded_then_its_senders_are_told(
    referral, met_coordinator, met_inspector, tracing, partner_worker, is_begun
) -> None:
    accepted = services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    if is_begun:
        services.report_progress(actor=partner_worker.actor, referral_id=referral.pk, words="We look.")
    Message.objects.all().delete()

    def on(days: int) -> Any:
        due = Referral.objects.get(pk=referral.pk).progress_due_at
        return due + timedelta(days=days, minutes=1)

    assert not chasing.chase(referral.pk, now=accepted.progress_due_at - timedelta(hours=1))
    assert chasing.chase(referral.pk, now=on(0))
    assert not chasing.chase(referral.pk, now=on(6))
    assert to() == to("how does referral") == [tracing.email]
    assert contributions.referral_work(met_inspector.actor).count == 0

    assert chasing.chase(referral.pk, now=on(7))
    assert not chasing.chase(referral.pk, now=on(60))
    told = {met_coordinator.user.email, met_inspector.user.email}
    assert set(to("is late")) == told
    for member in (met_coordinator, met_inspector):
        item = contributions.referral_work(member.actor).items[0]
        assert item.words == f"{tracing.organisation.name} does not say how {referral.reference} stands"
        assert referral.reference in str(contributions.handover(met_coordinator.actor))
    # What the partner has begun stays with it.
    referral.refresh_from_db()
    assert (referral.status, referral.release.status) == (
        "in_progress" if is_begun else "accepted",
        "approved",
    )


@pytest.mark.django_db
def test_a_word_ends_it_and_it_may_fall_silent_again(
    referral, met_coordinator, met_inspector, partner_worker
) -> None:
    services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    at = timezone.now()
    for times in (1, 2):
        with time_machine.travel(at, tick=False):
            services.report_progress(actor=partner_worker.actor, referral_id=referral.pk, words="We look.")
        assert contributions.referral_work(met_inspector.actor).count == 0
        due = Referral.objects.get(pk=referral.pk).progress_due_at
        for days in (0, 7):
            at = due + timedelta(days=days)
            with time_machine.travel(at, tick=False):
                assert chasing.chase_due() == 1
                assert chasing.chase_due() == 0
        assert contributions.referral_work(met_inspector.actor).count == 1
        assert len(to("is late")) == 2 * times
        assert len(to("how does referral")) == times
    services.withdraw(actor=met_coordinator.actor, referral_id=referral.pk, reason="wrong_partner")
    assert chasing.chase(referral.pk, now=at + timedelta(days=99)) is False


@pytest.mark.django_db
def test_both_sides_read_how_it_is_chased(referral, met_coordinator, partner_worker) -> None:
    services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    due = Referral.objects.get(pk=referral.pk).progress_due_at
    address = reverse("partners:referral", args=[referral.reference])

    def seen(member: Member) -> str:
        return member.sign_in(Client()).get(address).content.decode()

    assert "They were reminded" not in seen(met_coordinator)
    chasing.chase(referral.pk, now=due)
    assert "They were reminded on" in seen(met_coordinator)
    chasing.chase(referral.pk, now=due + timedelta(days=7))
    assert "your manager was told" in seen(met_coordinator)
    assert "your manager" not in seen(partner_worker)


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
