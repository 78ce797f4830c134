"""After each long-term review somebody is referred for tracing, or it is said why not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from missingcases import services as cases
from missingcases.models import Incident
from missingcases.selectors import clocks_of
from partners import services as referrals
from partners.proposals import selectors, services
from partners.proposals.contributions import proposal_work, service_card
from partners.proposals.models import NotReferred
from tests.cast import Member
from tests.missingcases import making as cases_making
from tests.partners import making
from tests.partners.blind.conftest import long_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(met_officer: Member, met_superintendent: Member) -> Incident:
    """Somebody long missing, after a review of 28 days."""
    return long_term(met_officer, met_superintendent)


def says(who: Member, incident: Incident, why: str = "tried", words: str = "") -> NotReferred:
    return services.say_why_not(actor=who.actor, incident_id=incident.pk, why=why, words=words)


def waits_for(who: Member) -> list[int]:
    return list(selectors.undecided(who.actor).values_list("incident_id", flat=True))


def test_a_review_waits_for_a_referral_or_a_reason(reviewed, met_coordinator, met_inspector) -> None:
    for decider in (met_coordinator, met_inspector):
        assert waits_for(decider) == [reviewed.pk]
    queue = proposal_work(met_coordinator.actor)
    assert queue is not None
    assert queue.items[0].due_at is not None
    assert not queue.items[0].is_late(timezone.now())
    assert queue.items[0].is_late(timezone.now() + timedelta(days=8))


def test_nobody_else_is_asked(reviewed, met_officer, kent_supervisor, caseworker, auditor) -> None:
    for stranger in (met_officer, kent_supervisor, caseworker, auditor):
        assert waits_for(stranger) == []
        assert proposal_work(stranger.actor) is None
    with pytest.raises(Refused):
        says(met_officer, reviewed)
    with pytest.raises(NotVisible):
        says(kent_supervisor, reviewed)


def test_a_reason_is_kept_and_the_next_review_asks_again(reviewed, met_inspector, met_superintendent) -> None:
    for why, words in (("", ""), ("other", " ")):
        with pytest.raises(Invalid):
            says(met_inspector, reviewed, why, words)
    row = says(met_inspector, reviewed, "risk", "Her former husband asks everywhere.")
    assert row.clock.kind == "day_28"
    assert waits_for(met_inspector) == []
    with pytest.raises(Refused):
        says(met_inspector, reviewed)
    card = service_card(met_inspector.actor, reviewed.pk)
    assert card is not None
    assert [line.words for line in card.lines] == ["Not referred: it might put them in danger"]

    with time_machine.travel(timezone.now() + timedelta(days=62)):
        clock = clocks_of(reviewed).get(kind="month_3")
        cases.complete_review(
            actor=met_superintendent.actor, incident_id=reviewed.pk, clock_id=clock.pk, findings="Nothing."
        )
        assert waits_for(met_inspector) == [reviewed.pk]


def test_a_referral_for_tracing_answers_it(reviewed, met_coordinator, tracing) -> None:
    making.referred(met_coordinator, reviewed, tracing)

    assert waits_for(met_coordinator) == []


def test_a_draft_that_is_dropped_leaves_the_review_waiting(reviewed, met_coordinator, tracing) -> None:
    given = {"actor": met_coordinator.actor, "incident_id": reviewed.pk}
    draft = referrals.draft(
        partner_id=tracing.organisation_id,
        takes="tracing",
        fields=making.TRACED,
        lawful_basis="legitimate_interests",
        why="All lines have run out.",
        **given,
    )
    assert waits_for(met_coordinator) == []

    referrals.withdraw(actor=met_coordinator.actor, referral_id=draft.pk, reason="in_error")

    assert waits_for(met_coordinator) == [reviewed.pk]


def test_one_that_was_sent_answers_it_though_it_was_taken_back(reviewed, met_coordinator, tracing) -> None:
    sent = making.referred(met_coordinator, reviewed, tracing)
    referrals.withdraw(actor=met_coordinator.actor, referral_id=sent.pk, reason="not_needed")

    assert waits_for(met_coordinator) == []


def test_who_is_found_or_was_reviewed_long_ago_waits_for_nothing(
    reviewed, met_officer, met_inspector
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert waits_for(met_inspector) == []
    cases_making.located(met_officer.actor, reviewed)

    assert waits_for(met_inspector) == []


def test_the_page_offers_partners_of_the_area_with_one_press(
    reviewed, met_coordinator, met_inspector, tracing
) -> None:
    at = reverse("proposals:decide", args=[reviewed.reference])
    client = met_coordinator.sign_in(Client())
    page = client.get(at).content.decode()
    begin = f"?takes=tracing&amp;partner={tracing.reference}"
    assert begin in page
    assert client.get(reverse("proposals:list")).content.decode().count(at) == 1
    begun = client.get(
        reverse("partners:refer", args=[reviewed.reference]),
        {"takes": "tracing", "partner": tracing.reference},
    )
    assert begun.status_code == 200

    inspector = met_inspector.sign_in(Client())
    page = inspector.get(at).content.decode()
    assert begin not in page
    assert inspector.post(at, {"why": ""}).status_code == 422
    assert inspector.post(at, {"why": "no_partner", "words": ""}).status_code == 302
    assert NotReferred.objects.get().why == "no_partner"
