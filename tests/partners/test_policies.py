"""What each rule refuses, by its code."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.access import Refusal
from missingcases.enums import OPEN, IncidentStatus, Outcome
from missingcases.models import Incident
from partners import policies, services
from partners.models import Referral
from partners.policies.referrals import may_refer
from partners.services.ending import stop_for_incident
from partners.states import REFERRAL, still_needed
from tests.cast import Member
from tests.missingcases import making as cases
from tests.partners import making

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str:
    return refusal.code if refusal else ""


def test_nobody_is_referred_who_has_died(met_coordinator: Member, missing: Incident) -> None:
    assert may_refer(met_coordinator.actor, missing) is None
    missing.outcome = Outcome.LOCATED_DECEASED
    assert code(may_refer(met_coordinator.actor, missing)) == "deceased"
    probe = Referral(incident=missing, takes="counselling")
    assert code(still_needed(probe, met_coordinator.actor)) == "deceased"


def test_nobody_is_looked_for_who_was_found_and_support_goes_on(
    met_officer: Member, met_coordinator: Member, missing: Incident
) -> None:
    cases.located(met_officer.actor, missing)
    missing.refresh_from_db()
    for takes, said in (("tracing", "not_missing"), ("counselling", "")):
        assert code(still_needed(Referral(incident=missing, takes=takes), met_coordinator.actor)) == said


@pytest.mark.parametrize("known", ["located_deceased", "located"])
def test_a_partner_that_accepts_does_not_read_that_the_search_is_over(
    referral: Referral, partner_worker: Member, known: str
) -> None:
    """What stops is withdrawn at once; a death that was recorded, and is not closed yet, is not."""
    incident = referral.incident
    if known == "located":
        incident.status = "located"
    else:
        incident.outcome = known
    refusal = policies.may_answer(partner_worker.actor, referral, "accepted")
    assert refusal is not None
    assert refusal.code == "not_asked"
    for hidden in ("died", "missing", "found"):
        assert hidden not in refusal.message
    assert policies.may_answer(partner_worker.actor, referral, "rejected") is None


def test_whom_to_refer_to(tracing: Any) -> None:
    assert code(policies.may_refer_to(None, "tracing")) == "partner_inactive"
    assert code(policies.may_refer_to(tracing, "legal")) == "not_taken"
    assert policies.may_refer_to(tracing, "tracing") is None
    tracing.organisation.is_active = False
    assert code(policies.may_refer_to(tracing, "tracing")) == "partner_inactive"


def test_what_a_stranger_and_a_partner_may_not(
    referral: Referral, stranger_worker: Member, partner_worker: Member, kent_officer: Member
) -> None:
    for stranger in (stranger_worker, kent_officer):
        for rule in (
            policies.may_send,
            policies.may_withdraw,
            policies.may_report_progress,
            policies.may_read_content,
            policies.may_settle,
            policies.may_resend,
            policies.may_take_over,
        ):
            assert code(rule(stranger.actor, referral)) == "not_visible", rule
        assert code(policies.may_answer(stranger.actor, referral, "accepted")) == "not_visible"
    worker = partner_worker.actor
    assert code(policies.may_report_progress(worker, referral)) == "not_held"
    assert code(policies.may_answer(worker, referral, "returned")) == "not_held"
    assert policies.may_answer(worker, referral, "accepted") is None


def test_what_the_senders_side_may_as_it_goes_on(
    referral: Referral, met_coordinator: Member, met_inspector: Member, partner_worker: Member
) -> None:
    sender, inspector = met_coordinator.actor, met_inspector.actor
    assert policies.may_resend(sender, referral) is None
    assert code(policies.may_settle(sender, referral)) == "nothing_to_settle"
    assert code(policies.may_take_over(sender, referral)) == "yours"
    for rule in (policies.may_settle, policies.may_resend, policies.may_take_over):
        assert code(rule(inspector, referral)) == "role"
    assert policies.may_read_content(inspector, referral) is None
    back = services.reject(actor=partner_worker.actor, referral_id=referral.pk, reason="not_ours")
    assert policies.may_settle(sender, back) is None
    assert code(policies.may_resend(sender, back)) == "ended"
    assert code(policies.may_read_content(partner_worker.actor, back)) == "ended"
    assert code(policies.may_report_progress(partner_worker.actor, back)) == "not_held"
    Referral.objects.filter(pk=back.pk).update(sent_by=None, drafted_by=None)
    assert code(policies.may_take_over(sender, Referral.objects.get(pk=back.pk))) == "ended"
    assert REFERRAL.final == ("completed", "rejected", "withdrawn", "returned")


def test_a_force_that_an_incident_went_to_answers_for_what_was_sent(
    referral: Referral, kent: Any, met_coordinator: Member, charity: Any, met_officer: Member, caseworker: Any
) -> None:
    making.told(met_officer, referral.incident, charity)
    own = making.referred(caseworker, referral.incident, making.partner("other-trust"))
    assert not policies.is_of_sender(met_coordinator.actor, own)
    assert policies.is_of_sender(caseworker.actor, own)
    Referral.objects.filter(pk=referral.pk).update(sender=kent)
    moved = Referral.objects.get(pk=referral.pk)
    assert policies.is_of_sender(met_coordinator.actor, moved)
    taken = services.take_over(actor=met_coordinator.actor, referral_id=moved.pk)
    assert taken.sender_id == met_coordinator.organisation.pk


def test_the_charity_alone_keeps_the_directory(
    duty_manager: Member, caseworker: Member, met_administrator: Member, partner_worker: Member
) -> None:
    assert policies.may_edit_directory(duty_manager.actor) is None
    assert code(policies.may_edit_directory(caseworker.actor)) == "role"
    assert code(policies.may_edit_directory(met_administrator.actor)) == "organisation"
    assert code(policies.may_read_directory(partner_worker.actor)) == "role"


def merge(gone: Incident, kept: Incident) -> None:
    Incident.objects.filter(pk=gone.pk).update(
        status="cancelled", outcome="cancelled", cancel_reason="duplicate", duplicate_of=kept
    )
    stop_for_incident(incident_id=gone.pk, cause="merged")


# Whether tracing, and counselling, go on with a kept incident that stands so.
GOES_ON: dict[str, tuple[bool, bool]] = {
    status: (status in OPEN, status != IncidentStatus.CANCELLED) for status in IncidentStatus
}


@pytest.mark.parametrize(
    ("status", "outcome", "goes_on"),
    [
        *((status, "", goes_on) for status, goes_on in GOES_ON.items()),
        ("located", "located_deceased", (False, False)),
        ("closed", "located_deceased", (False, False)),
    ],
)
def test_a_duplicates_referrals_end_where_the_kept_incident_has_stopped(
    referral: Referral, met_coordinator: Member, tracing: Any, status: str, outcome: str, goes_on: Any
) -> None:
    gone = referral.incident
    support = making.referred(met_coordinator, gone, tracing, takes="counselling", fields=making.SUPPORT)
    kept = cases.standing_in(status, gone.owner_id)
    if outcome:
        Incident.objects.filter(pk=kept.pk).update(outcome=outcome)
    merge(gone, kept)
    for row, is_on in zip((referral, support), goes_on, strict=True):
        row.refresh_from_db()
        assert row.incident_id == kept.pk
        assert (row.status, row.withdraw_reason) == (("sent", "") if is_on else ("withdrawn", "stopped"))
        assert row.release.status == ("approved" if is_on else "revoked")


def test_a_duplicates_referral_goes_to_the_incident_that_is_kept(
    referral: Referral, met_officer: Member, met_coordinator: Member, tracing: Any
) -> None:
    kept = cases.report(met_officer.actor)
    merge(referral.incident, kept)
    referral.refresh_from_db()
    assert (referral.incident_id, referral.status) == (kept.pk, "sent")
    again = cases.report(met_officer.actor)
    twin = making.referred(met_coordinator, again, tracing)
    merge(again, kept)
    twin.refresh_from_db()
    assert (twin.status, twin.withdraw_reason) == ("withdrawn", "merged")
