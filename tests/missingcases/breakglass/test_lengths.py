"""How long records stay open is the charity's to set, within what the house allows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid
from missingcases.breakglass import lengths
from missingcases.breakglass import services as breakglass
from missingcases.breakglass.models import Opening, OpeningLength
from missingcases.links.models import RecordLink
from missingcases.retention import selectors
from missingcases.retention import services as retention
from missingcases.retention.models import LegalHold
from tests.cast import Member, member
from tests.missingcases.breakglass.conftest import WHY

pytestmark = pytest.mark.django_db
LONG = timedelta(days=7 * 366)


@pytest.fixture
def chief(charity) -> Member:
    return member("chief@charity.example", "Ada Ministrator", charity, "administrator")


def set_to(who: Member, usual: int, most: int, version: int = 1) -> OpeningLength:
    return lengths.set_length(
        actor=who.actor, version=version, usual_minutes=usual, most_minutes=most, reason="Board, May."
    )


def test_the_house_s_rule_stands_until_somebody_sets_another(chief, duty_manager) -> None:
    charity_id = chief.organisation.pk
    assert (lengths.length_of(charity_id).usual_minutes, lengths.offered(charity_id)) == (
        60,
        [30, 60, 120, 240],
    )

    set_to(chief, 45, 90)

    assert (lengths.length_of(charity_id).usual_minutes, lengths.offered(charity_id)) == (
        45,
        [30, 45, 60, 90],
    )
    with pytest.raises(Conflict):
        set_to(chief, 30, 60)
    with pytest.raises(Refused):
        set_to(duty_manager, 30, 60, version=2)


@pytest.mark.parametrize(("usual", "most"), [(5, 60), (60, 30), (60, 241), (0, 0)])
def test_nothing_outside_the_limits_is_kept(chief, usual: int, most: int) -> None:
    with pytest.raises(Invalid):
        set_to(chief, usual, most)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningLength.objects.create(organisation=chief.organisation, usual_minutes=usual, most_minutes=most)


def test_an_opening_is_no_longer_than_what_was_set(chief, incident, duty_manager, auditor) -> None:
    set_to(chief, 30, 60)
    given = {"actor": duty_manager.actor, "reference": incident.reference, "reason": WHY}
    with pytest.raises(Invalid) as refused:
        breakglass.open_records(**given, minutes=61)
    assert refused.value.problems == {"minutes": "Choose at most 60 minutes."}
    assert breakglass.open_records(**given, minutes=60).reference


def test_the_page_is_the_administrator_s_and_the_form_offers_what_was_set(
    chief, duty_manager, met_administrator
) -> None:
    page = reverse("breakglass:length")
    browser = chief.sign_in(Client())
    assert browser.get(page).status_code == 200
    sent = browser.post(
        page, {"version": "1", "usual_minutes": "20", "most_minutes": "40", "reason": "Board, May."}
    )
    assert sent.status_code == 302
    form = duty_manager.sign_in(Client()).get(reverse("breakglass:open")).content.decode()
    assert "40 minutes" in form
    assert "4 hours" not in form
    assert duty_manager.sign_in(Client()).get(page).status_code == 403
    shown = met_administrator.sign_in(Client()).get(page).content.decode()
    assert "Set the lengths" not in shown


def emptied(key: str, proposer: Member, starter: Member) -> int:
    proposed = retention.propose_run(actor=proposer.actor, key=key)
    retention.start_run(actor=starter.actor, run_id=proposed.pk)
    return selectors.report_of(retention.run(run_id=proposed.pk))["done"]


def test_two_people_of_the_charity_have_reviewed_openings_emptied(opening, chief, auditor) -> None:
    then = timezone.now() - LONG
    Opening.objects.update(
        status="reviewed", opened_at=then, ends_at=then + timedelta(hours=1), reviewed_at=then,
        reviewed_by=auditor.user, finding="justified", review_words="All read.",
    )  # fmt: skip
    assert emptied("openings", auditor, chief) == 1
    opening.refresh_from_db()
    assert (opening.reason, opening.review_words, opening.finding) == ("", "", "justified")


def test_the_run_of_a_force_reaches_its_links_and_its_lifted_holds(
    incident, met, kent, met_officer, met_administrator
) -> None:
    then = timezone.now() - LONG
    proposer = member("dpo@met.example", "Dee Protection", met, "auditor")
    RecordLink.objects.create(
        asking=met, asked=kent, incident=incident, named="MI-AAAAAAAA", words="Same aunt?", status="declined",
        asked_at=then, decided_at=then, decision_reason="No.",
    )  # fmt: skip
    LegalHold.objects.create(
        organisation=met, reason="An inquest", review_on=then.date(), placed_by=proposer.user, placed_at=then,
        lifted_at=then, lifted_by=proposer.user, lift_reason="Over",
    )  # fmt: skip
    assert {one.schedule.key for one in selectors.rules_of(proposer.actor)} == {
        "links", "holds", "partner-referrals",
    }  # fmt: skip
    assert emptied("links", proposer, met_administrator) == 1
    assert RecordLink.objects.values_list("words", "decision_reason", "named", "status").get() == (
        "", "", "", "declined",
    )  # fmt: skip
    assert emptied("holds", proposer, met_administrator) == 1
    assert LegalHold.objects.values_list("reason", "lift_reason").get() == ("", "")
