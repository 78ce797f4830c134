"""Who may do what: each refusal of each policy, with its code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.access import Refusal
from tests.textsafe.conftest import ask
from textsafe import policies
from textsafe.enums import (
    ConversationStatus,
    EscalationStatus,
    OfficerStatus,
    RequestStatus,
    WordingStatus,
)
from textsafe.models import AutomationPolicy, Conversation, Escalation, Veto, Wording
from textsafe.officer import OfficerView

pytestmark = pytest.mark.django_db

NOT_CHARITY = ["met_officer", "met_inspector", "kent_officer", "authority_worker"]
NO_HELPLINE = ["publicity_officer", "rhi_interviewer", "auditor", "administrator"]


def code(found: Refusal | None) -> str | None:
    return found.code if found else None


def conversation(charity: Any, **fields: Any) -> Conversation:
    """One that nobody has saved: policies only read it."""
    return Conversation(charity_id=charity.pk, number="+447700900123", opened_at=timezone.now(), **fields)


def held_by(person: Any, status: str = "claimed") -> dict[str, Any]:
    return {"status": status, "claimed_by_id": person.user.pk}


@pytest.mark.parametrize("who", [*NOT_CHARITY, *NO_HELPLINE])
def test_nothing_on_the_charitys_side_is_anybody_elses(request, incident, met_officer, charity, who) -> None:
    actor = request.getfixturevalue(who).actor
    asked = ask(incident, met_officer.actor)
    one = conversation(charity)
    concern = Escalation(conversation=one)
    found = [
        policies.may_screen(actor, asked, now=timezone.now()),
        policies.may_claim(actor, one),
        policies.may_answer(actor, one, opted_out=False),
        policies.may_put_back(actor, one),
        policies.may_close(actor, one),
        policies.may_raise(actor, one),
        policies.may_decide_escalation(actor, concern),
        policies.may_propose(actor, concern),
        policies.may_release(actor, concern),
        policies.may_lift_suppression(actor, one),
        policies.may_lift_by_number(actor),
        policies.may_draft_wording(actor),
        policies.may_approve_wording(actor, Wording()),
        policies.may_retire_wording(actor, Wording()),
    ]
    assert None not in found


@pytest.mark.parametrize("who", ["kent_officer", "caseworker", "auditor", "authority_worker"])
def test_nothing_on_the_forces_side_is_anybody_elses(request, incident, who) -> None:
    actor = request.getfixturevalue(who).actor
    veto = Veto(incident=incident)
    assert policies.may_request(actor, incident, veto=None) is not None
    assert policies.may_veto(actor, incident, veto=None) is not None
    assert policies.may_lift_veto(actor, incident, veto=veto) is not None


def test_a_request_is_screened_once_and_in_its_time(incident, met_officer, caseworker) -> None:
    asked, now = ask(incident, met_officer.actor), timezone.now()
    assert policies.may_screen(caseworker.actor, asked, now=now) is None
    assert code(policies.may_screen(caseworker.actor, asked, now=now - timedelta(minutes=1))) == "too_early"
    asked.needs_person = False
    assert code(policies.may_screen(caseworker.actor, asked, now=now)) == "too_early"
    asked.status = RequestStatus.REFUSED
    assert code(policies.may_screen(caseworker.actor, asked, now=now)) == "screened"


@pytest.mark.parametrize("status", list(OfficerStatus))
def test_what_waits_can_be_taken_back_and_nothing_else(incident, met_officer, status) -> None:
    asked = ask(incident, met_officer.actor)
    found = policies.may_withdraw(met_officer.actor, asked, OfficerView(status))
    assert code(found) == (None if status is OfficerStatus.WAITING else "not_waiting")


def test_a_veto_is_made_once_and_lifted_once(incident, met_officer) -> None:
    actor, standing = met_officer.actor, Veto(incident=incident)
    assert policies.may_veto(actor, incident, veto=None) is None
    assert code(policies.may_veto(actor, incident, veto=standing)) == "veto_stands"
    assert policies.may_lift_veto(actor, incident, veto=standing) is None
    assert code(policies.may_lift_veto(actor, incident, veto=None)) == "no_veto"
    assert code(policies.may_request(actor, incident, veto=standing)) == "veto"


@pytest.mark.parametrize("status", list(ConversationStatus))
def test_only_what_nobody_has_is_claimed(charity, caseworker, status) -> None:
    found = policies.may_claim(caseworker.actor, conversation(charity, status=status))
    assert code(found) == (None if status is ConversationStatus.UNCLAIMED else "claimed")


def test_only_who_has_claimed_it_answers_and_nobody_after_stop(
    charity, caseworker, second_caseworker, duty_manager
) -> None:
    def answer(who: Any, *, opted_out: bool = False, **fields: Any) -> str | None:
        return code(policies.may_answer(who.actor, conversation(charity, **fields), opted_out=opted_out))

    assert answer(caseworker, **held_by(caseworker)) is None
    assert answer(caseworker, **held_by(caseworker, "waiting")) is None
    assert answer(second_caseworker, **held_by(caseworker)) == "not_yours"
    assert answer(duty_manager, **held_by(caseworker)) == "not_yours"
    assert answer(caseworker, **held_by(caseworker, "closed")) == "not_yours"
    assert answer(caseworker, opted_out=True, **held_by(caseworker)) == "opted_out"
    assert answer(caseworker, number_erased_at=timezone.now(), **held_by(caseworker)) == "erased"


def test_its_holder_or_the_manager_hands_it_over_and_closes_it(
    charity, caseworker, second_caseworker, duty_manager
) -> None:
    mine = conversation(charity, **held_by(caseworker))
    for may in (policies.may_put_back, policies.may_close):
        assert may(caseworker.actor, mine) is None
        assert may(duty_manager.actor, mine) is None
        assert code(may(second_caseworker.actor, mine)) == "not_yours"
    nobodys = conversation(charity)
    assert policies.may_close(second_caseworker.actor, nobodys) is None
    assert code(policies.may_put_back(caseworker.actor, nobodys)) == "not_claimed"
    assert code(policies.may_close(caseworker.actor, conversation(charity, status="closed"))) == "closed"


def test_a_concern_is_the_duty_managers_to_decide(charity, caseworker, duty_manager, incident, met_officer):
    asked = ask(incident, met_officer.actor)
    concern = Escalation(conversation=conversation(charity, request=asked))
    assert code(policies.may_decide_escalation(caseworker.actor, concern)) == "role"
    assert policies.may_decide_escalation(duty_manager.actor, concern) is None
    assert policies.may_propose(caseworker.actor, concern) is None
    assert code(policies.may_release(duty_manager.actor, concern)) == "no_words"
    stranger = Escalation(conversation=conversation(charity))
    assert code(policies.may_propose(caseworker.actor, stranger)) == "no_incident"
    for status in (EscalationStatus.RELEASED, EscalationStatus.KEPT):
        concern.status = status
        assert code(policies.may_decide_escalation(duty_manager.actor, concern)) == "decided"
        assert code(policies.may_propose(caseworker.actor, concern)) == "decided"
        assert code(policies.may_release(duty_manager.actor, concern)) == "decided"


def test_an_opt_out_of_an_erased_number_is_lifted_by_the_number_the_person_gives(charity, caseworker) -> None:
    erased = conversation(charity, number_erased_at=timezone.now())
    assert code(policies.may_lift_suppression(caseworker.actor, erased)) == "erased"
    assert policies.may_lift_suppression(caseworker.actor, conversation(charity)) is None
    assert policies.may_lift_by_number(caseworker.actor) is None


def test_a_wording_is_approved_by_another_manager(caseworker, duty_manager) -> None:
    assert policies.may_draft_wording(caseworker.actor) is None
    theirs = Wording(drafted_by_id=caseworker.user.pk)
    assert policies.may_approve_wording(duty_manager.actor, theirs) is None
    assert code(policies.may_approve_wording(caseworker.actor, theirs)) is not None
    own = Wording(drafted_by_id=duty_manager.user.pk)
    assert code(policies.may_approve_wording(duty_manager.actor, own)) == "own_draft"
    active = Wording(status=WordingStatus.ACTIVE)
    assert code(policies.may_approve_wording(duty_manager.actor, active)) == "not_draft"
    assert policies.may_retire_wording(duty_manager.actor, active) is None
    retired = Wording(status=WordingStatus.RETIRED)
    assert code(policies.may_retire_wording(duty_manager.actor, retired)) == "retired"


@pytest.mark.parametrize(
    ("who", "change", "stop"),
    [
        ("met_inspector", None, None),
        ("met_superintendent", None, None),
        ("duty_manager", "organisation", None),
        ("met_officer", "role", "role"),
        ("met_supervisor", "role", "role"),
        ("kent_supervisor", "organisation", "organisation"),
        ("caseworker", "organisation", "organisation"),
    ],
)
def test_a_force_sets_its_policy_and_the_charity_may_stop_it(request, met, who, change, stop) -> None:
    actor, policy = request.getfixturevalue(who).actor, AutomationPolicy(organisation=met, is_on=True)
    assert code(policies.may_change_policy(actor, policy)) == change
    assert code(policies.may_stop_policy(actor, policy)) == stop
    policy.is_on = False
    assert code(policies.may_stop_policy(actor, policy)) == "off"
