"""Somebody in the family may be a danger: whoever looks for the person, or brings them together, stops."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.messaging.models import Message
from missingcases.models import Incident
from missingcases.policies import FAMILY_DANGER
from missingcases.services import set_flag
from partners import services
from partners.enums import WithdrawReason
from partners.models import Referral
from partners.services.ending import stop_for_incident
from tests.cast import Member
from tests.missingcases import making as cases
from tests.partners import making

pytestmark = pytest.mark.django_db


def flagged(officer: Member, incident, kind: str = "honour_based_abuse") -> None:
    set_flag(
        actor=officer.actor, incident_id=incident.pk, kind=kind, status="suspected", source="A teacher",
        sensitivity="owner_only",
    )  # fmt: skip


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_search_is_taken_back_from_the_partner_and_its_sender_is_told(
    referral, missing, met_officer, met_coordinator, met_inspector, partner_worker, tracing, is_accepted
) -> None:
    if is_accepted:
        services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    flagged(met_officer, missing, "trafficking")
    referral.refresh_from_db()
    assert referral.is_open

    flagged(met_officer, missing)

    referral.refresh_from_db()
    assert (referral.status, referral.withdraw_reason) == ("withdrawn", WithdrawReason.RISK)
    assert referral.release.status == "revoked"
    told = {row.to for row in Message.objects.all() if "was taken back" in row.subject}
    assert told == {met_coordinator.user.email, met_inspector.user.email}
    # Whoever weighed it refers anew.
    assert making.referred(met_coordinator, missing, tracing).status == "sent"


@pytest.mark.parametrize("is_weighed", [True, False])
def test_a_duplicates_search_is_taken_back_where_the_kept_incident_says_so(
    referral, missing, met_officer, met_coordinator, tracing, is_weighed
) -> None:
    """Unless the danger was known where it was sent, and weighed."""
    kept = cases.report(met_officer.actor)
    flagged(met_officer, kept)
    if is_weighed:
        flagged(met_officer, missing)
        referral = making.referred(met_coordinator, missing, tracing)
    own = making.referred(met_coordinator, kept, making.partner("other-trust"))

    Incident.objects.filter(pk=missing.pk).update(
        status="cancelled", outcome="cancelled", cancel_reason="duplicate", duplicate_of=kept
    )
    stop_for_incident(incident_id=missing.pk, cause="merged")

    for row in (referral, own):
        row.refresh_from_db()
        assert row.incident_id == kept.pk
    assert referral.status == ("sent" if is_weighed else "withdrawn")
    assert own.status == "sent"


def test_the_partner_is_not_told_why(referral, missing, met_officer, met_coordinator, partner_worker) -> None:
    flagged(met_officer, missing)
    address = reverse("partners:referral", args=[referral.reference])

    pages = {
        one: one.sign_in(Client()).get(address).content.decode() for one in (met_coordinator, partner_worker)
    }

    assert FAMILY_DANGER.message in pages[met_coordinator]
    assert WithdrawReason.RISK.label in pages[met_coordinator]
    assert FAMILY_DANGER.message not in pages[partner_worker]
    assert WithdrawReason.RISK.label not in pages[partner_worker]


def test_support_and_drafts_and_other_people_are_left_alone(
    missing, met_officer, met_coordinator, tracing
) -> None:
    support = making.referred(met_coordinator, missing, tracing, takes="counselling", fields=making.SUPPORT)
    other = making.referred(met_coordinator, cases.report(met_officer.actor), tracing)
    draft = services.draft(
        actor=met_coordinator.actor, incident_id=missing.pk, partner_id=tracing.organisation_id,
        takes="tracing", fields=making.TRACED, lawful_basis="legitimate_interests", why="No line is left.",
    )  # fmt: skip

    flagged(met_officer, missing)

    assert set(Referral.objects.values_list("pk", "status")) == {
        (support.pk, "sent"), (other.pk, "sent"), (draft.pk, "draft"),
    }  # fmt: skip
