"""What two people of the charity have emptied: support, helpline contacts and handovers of long ago."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families.enums import CaseStatus, PointKind
from families.handover.models import Handover, HandoverLine
from families.helpline import services as helpline
from families.helpline.models import HelplineContact
from families.models import ContactPoint, ContactRecord, FamilyMember, SupportCase
from families.services import cases, writing
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Inbound, Message
from foundation.messaging.tasks import read_callbacks
from missingcases.retention import selectors
from missingcases.retention import services as retention
from missingcases.retention.models import Run
from missingcases.retention.services import holding
from tests.cast import Member, member
from tests.families.conftest import reach, share
from tests.foundation.messaging.mailing import mail_in

pytestmark = pytest.mark.django_db
LONG = timedelta(days=7 * 366)


@pytest.fixture
def dpo(charity) -> Member:
    return member("dpo@charity.example", "Dee Protection", charity, "auditor")


@pytest.fixture
def chief(charity) -> Member:
    return member("chief@charity.example", "Ada Ministrator", charity, "administrator")


def emptied(key: str, dpo: Member, chief: Member) -> Run:
    proposed = retention.propose_run(actor=dpo.actor, key=key)
    retention.start_run(actor=chief.actor, run_id=proposed.pk)
    return retention.run(run_id=proposed.pk)


@pytest.fixture
def closed_contact(caseworker) -> HelplineContact:
    """Somebody wrote, was answered, and it was closed three years ago."""
    mail_in("amy@example.org", "Zebulona hurts me.")
    read_callbacks()
    contact = HelplineContact.objects.get()
    given = {"actor": caseworker.actor, "contact_id": contact.pk}
    helpline.claim_contact(**given)
    contact.refresh_from_db()
    helpline.save_notes(**given, version=contact.version, notes="Of Zebulona.", answers={"safe_now": "no"})
    helpline.answer_mail(**given, words="We are here, Zebulona.", form_token=uuid4())
    Message.objects.update(status="cancelled")
    helpline.close_contact(**given, reason="Safe now.")
    HelplineContact.objects.update(closed_at=timezone.now() - timedelta(days=3 * 366))
    return contact


def test_an_unlinked_contact_is_emptied_and_still_counted(closed_contact, dpo, chief) -> None:
    assert selectors.preview_rows(dpo.actor, selectors.rule_named(dpo.actor, "helpline"), timezone.now()) == (
        1,
        [closed_contact.reference],
    )
    run = emptied("helpline", dpo, chief)

    assert selectors.report_of(run)["done"] == 1
    contact = HelplineContact.objects.get()
    assert (contact.notes, contact.answers, contact.reach_key) == ("", "{}", "")
    assert (contact.channel, contact.status, contact.begun_at) == ("email", "closed", closed_contact.begun_at)
    assert set(contact.mails.values_list("words", "subject")) == {("", "")}
    assert set(Message.objects.values_list("to", "body")) == {("", "")}
    assert set(Inbound.objects.values_list("sender", "body")) == {("", "")}
    assert selectors.report_of(emptied("helpline", dpo, chief))["done"] == 0


def test_a_linked_contact_one_with_a_concern_and_a_young_one_stay(
    closed_contact, incident, met_officer, charity, caseworker, dpo, chief
) -> None:
    share(incident, met_officer, charity)
    rule = selectors.rule_named(dpo.actor, "helpline")
    HelplineContact.objects.update(closed_at=timezone.now() - timedelta(days=10))
    assert selectors.report_of(emptied("helpline", dpo, chief))["done"] == 0
    given = {"actor": caseworker.actor, "contact_id": closed_contact.pk}
    helpline.claim_contact(**given)
    assert selectors.due_rows(rule, closed_contact.charity_id, timezone.now()) == []
    helpline.link_contact(**given, reference=incident.reference, ground="wish")
    helpline.close_contact(**given, reason="Over.")
    assert selectors.due_rows(rule, closed_contact.charity_id, timezone.now()) == []


def test_a_hold_of_everything_keeps_it(closed_contact, dpo, chief) -> None:
    review = timezone.localdate() + timedelta(days=90)
    holding.place_hold(actor=dpo.actor, reference="", reason="An inquiry", review_on=review)

    run = emptied("helpline", dpo, chief)

    assert selectors.report_of(run)["held"] == 1
    assert HelplineContact.objects.get().notes == "Of Zebulona."


def test_a_period_is_the_organisation_s_own_within_limits(
    closed_contact, dpo, chief, met, met_officer
) -> None:
    given = {"basis": "Schedule 4", "source": "Board, May", "key": "helpline"}
    for days in (10, 100_000):
        with pytest.raises(Invalid):
            retention.set_period(actor=chief.actor, days=days, **given)
    retention.set_period(actor=chief.actor, days=1500, **given)
    rule = selectors.rule_named(dpo.actor, "helpline")
    assert selectors.keep_days(chief.organisation.pk, rule) == 1500
    assert selectors.keep_days(chief.organisation.pk) == selectors.LEAST_DAYS
    assert selectors.report_of(emptied("helpline", dpo, chief))["done"] == 0
    force = member("chief@met.example", "Lee", met, "administrator")
    with pytest.raises(NotVisible):
        retention.set_period(actor=force.actor, days=1500, **given)
    with pytest.raises(Refused):
        retention.propose_run(actor=met_officer.actor, key="helpline")


def test_support_that_was_closed_long_ago_is_emptied_with_its_messages(
    case, mother, family_worker, dpo, chief
) -> None:
    point = reach(family_worker, mother, "ngozi@example.org", PointKind.EMAIL, unsafe_why="He reads it.")
    writing.write_to(
        actor=family_worker.actor,
        member_id=mother.pk,
        point_id=mother.points.get(kind=PointKind.SMS).pk,
        words="I ring at six.",
        form_token=uuid4(),
    )
    Message.objects.update(status="cancelled")
    cases.close_case(actor=family_worker.actor, case_id=case.pk, reason="They wish it.")
    SupportCase.objects.update(closed_at=timezone.now() - LONG)

    assert selectors.report_of(emptied("families", dpo, chief))["done"] == 1

    case.refresh_from_db()
    assert (case.about, case.status, case.missing_since) == ("", CaseStatus.CLOSED, case.missing_since)
    assert FamilyMember.objects.values_list("name", "code_word", "relationship").get() == ("", "", "parent")
    point = ContactPoint.objects.get(pk=point.pk)
    assert (point.value, point.value_key, point.is_unsafe, point.unsafe_why) == ("", "", True, "Erased")
    assert ContactRecord.objects.values_list("words", "channel").get() == ("", "text")
    assert Message.objects.get().to == ""


def test_support_of_somebody_who_is_still_missing_is_never_due(case, incident, family_worker, dpo) -> None:
    SupportCase.objects.update(incident=incident, status="closed", closed_at=timezone.now() - LONG)
    rule = selectors.rule_named(dpo.actor, "families")

    assert selectors.due_rows(rule, case.charity_id, timezone.now()) == []


def test_the_copy_of_a_handover_is_emptied_and_both_names_stay(
    caseworker, second_caseworker, dpo, chief
) -> None:
    then = timezone.now() - timedelta(days=400)
    row = Handover.objects.create(
        charity_id=caseworker.organisation.pk, outgoing=caseworker.user, incoming=second_caseworker.user,
        status="done", begun_at=then, sign_by=then, note="Zebulona", answer="Read", signed_out_at=then,
        signed_in_at=then, ended_at=then,
    )  # fmt: skip
    HandoverLine.objects.create(
        handover=row, key="a", position=1, section="Helpline", words="Zebulona", url="/helpline/HC-1/"
    )
    assert selectors.report_of(emptied("handovers", dpo, chief))["done"] == 1
    row.refresh_from_db()
    assert (row.note, row.answer, row.outgoing, row.signed_in_at) == ("", "", caseworker.user, then)
    assert row.lines.values_list("words", "url", "section").get() == ("", "", "Helpline")


def test_the_page_names_what_is_due_and_proposes_it(closed_contact, dpo, chief) -> None:
    browser = dpo.sign_in(Client())
    page = browser.get(reverse("retention:overview")).content.decode()
    assert closed_contact.reference in page
    assert "Shift handovers" in page
    answer = browser.post(reverse("retention:propose_of", args=["helpline"]))
    run = Run.objects.get()
    assert answer["Location"] == reverse("retention:run", args=[run.reference])
    shown = browser.get(answer["Location"]).content.decode()
    assert closed_contact.reference in shown
    assert "contacts with the helpline" in shown
    assert browser.post(reverse("retention:propose_of", args=["nothing"])).status_code == 404
