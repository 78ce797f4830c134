"""Referring by the pages: who has the person already is said at once, and so is all that is missing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from missingcases.models import AudienceRow, Incident
from partners import selectors, services
from partners.models import Profile, Referral
from tests.cast import Member
from tests.missingcases import releasing
from tests.partners import making

pytestmark = pytest.mark.django_db
GIVEN = {**making.TRACED, "why": "No line is left.", "lawful_basis": "legitimate_interests", "version": "0"}


def address(incident: Incident, partner: Profile | None = None) -> str:
    chosen = f"&partner={partner.reference}" if partner else ""
    return f"{reverse('partners:refer', args=[incident.reference])}?takes=tracing{chosen}"


def read(member: Member, where: str) -> str:
    return member.sign_in(Client()).get(where).content.decode()


def sent(member: Member, where: str, **given: str) -> tuple[int, str]:
    answer = member.sign_in(Client()).post(where, {**GIVEN, "send": "1"} | given)
    return answer.status_code, answer.content.decode()


def link(referral: Referral) -> str:
    return reverse("partners:referral", args=[referral.reference])


def begins(incident: Incident, partner: Profile) -> str:
    return f"partner={partner.reference}"


@pytest.mark.parametrize(
    ("answer", "state"), [(None, "sent, not answered"), ("accept", "accepted"), ("progress", "in progress")]
)
def test_where_the_partner_is_chosen_it_says_who_has_the_person_already(
    referral, missing, met_coordinator, partner_worker, tracing, other_partner, answer, state
) -> None:
    if answer:
        services.accept(actor=partner_worker.actor, referral_id=referral.pk, worker="Robin")
    if answer == "progress":
        services.report_progress(actor=partner_worker.actor, referral_id=referral.pk, words="We look.")

    seen = read(met_coordinator, address(missing))

    assert "Referred to them for this already" in seen
    assert state in seen
    assert link(referral) in seen
    assert begins(missing, tracing) not in seen
    assert begins(missing, other_partner) in seen
    counselling = reverse("partners:refer", args=[missing.reference]) + "?takes=counselling"
    assert "for this already" not in read(met_coordinator, counselling)
    form = read(met_coordinator, address(missing, tracing))
    assert link(referral) in form
    assert "Send the referral" not in form


def test_a_form_that_was_open_meanwhile_is_refused_with_the_link_and_keeps_its_words(
    referral, missing, met_coordinator, tracing
) -> None:
    _, seen = sent(met_coordinator, address(missing, tracing), override_reason="None yet.", why="My words.")

    assert "This person is referred to this partner for this already." in seen
    assert link(referral) in seen
    assert "My words." in seen
    assert Referral.objects.count() == 1


def test_once_it_has_ended_the_partner_can_be_chosen_again(
    referral, missing, met_coordinator, tracing
) -> None:
    services.withdraw(actor=met_coordinator.actor, referral_id=referral.pk, reason="in_error")

    seen = read(met_coordinator, address(missing))

    assert "for this already" not in seen
    assert "Asked before" in seen
    assert begins(missing, tracing) in seen


def test_the_other_sides_referral_is_neither_told_nor_in_the_way(
    referral, missing, met_officer, caseworker, charity, tracing
) -> None:
    making.told(met_officer, missing, charity)

    seen = read(caseworker, address(missing))

    assert "for this already" not in seen
    assert referral.reference not in seen
    assert begins(missing, tracing) in seen


def test_what_the_reader_may_not_know_more_of_is_said_without_a_link(
    referral, missing, met_coordinator, kent_officer, met
) -> None:
    stranger = kent_officer.actor
    assert selectors.running_with(stranger, missing.pk, "tracing") == {}
    known = selectors.running_with(met_coordinator.actor, missing.pk, "tracing")
    assert known == {referral.partner_id: referral}
    AudienceRow.objects.filter(incident=missing).delete()
    hidden = selectors.running_with(met_coordinator.actor, missing.pk, "tracing")
    assert hidden == {referral.partner_id: None}


def test_all_that_is_missing_is_asked_for_in_one_round(missing, met_coordinator, tracing) -> None:
    status, seen = sent(
        met_coordinator,
        address(missing, tracing),
        why="",
        name="",
        lawful_basis="",
        wishes="Her sister asks.",
    )

    for said in (
        "Name: the partner cannot work without it.",
        "Choose the lawful basis for sharing this",
        "No sharing agreement covers this.",
        "Her sister asks.",
        making.TRACED["last_seen_area"],
    ):
        assert said in seen
    assert status == 200
    assert Referral.objects.count() == 0
    draft, _ = sent(met_coordinator, address(missing, tracing), name="", send="", draft="1")
    assert draft == 302
    row = Referral.objects.get()
    answer = met_coordinator.sign_in(Client()).post(
        reverse("partners:draft", args=[row.reference]), {**GIVEN, "name": "", "version": "1", "send": "1"}
    )
    both = answer.content.decode()
    assert "Name: the partner cannot work without it." in both
    assert "No sharing agreement covers this." in both


def test_where_an_agreement_covers_it_no_reason_is_asked_for(
    missing, met_coordinator, met_inspector, partner_worker, tracing
) -> None:
    names = sorted(making.TRACED)
    releasing.agreement(
        met_inspector, partner_worker, "partner_referral", *names, lawful_bases=["legitimate_interests"]
    )
    _, seen = sent(met_coordinator, address(missing, tracing), lawful_basis="", name="")
    assert "without it." in seen
    assert "No sharing agreement covers this." not in seen
    _, seen = sent(met_coordinator, address(missing, tracing), lawful_basis="consent")
    assert "say why" in seen.lower()

    status, _ = sent(met_coordinator, address(missing, tracing))

    assert status == 302
    assert Referral.objects.get().status == "sent"
