"""What was drafted from a narrowed family is seen by those it is narrowed to, and by who approved it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families.models import ContactRecord
from families.services import cases, contacts
from missingcases.intelligence import selectors, services
from missingcases.intelligence.models import Report
from tests.missingcases.intelligence import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(case, mother, family_worker) -> ContactRecord:
    return contacts.log_contact(
        actor=family_worker.actor, case_id=case.pk, member_id=mother.pk, channel="call", direction="in",
        started_at=timezone.now(), ended_at=timezone.now(), heard=contacts.Heard(words="A man called Dex."),
        form_token=uuid4(),
    )  # fmt: skip


@pytest.fixture
def report(contact, family_worker, met) -> Report:
    return services.draft(
        actor=family_worker.actor,
        lines=[making.line(sanitised="The driver is called Dex.")],
        details=services.ReportDetails(force_id=met.pk),
        origin="family_contact",
        origin_label="families.ContactRecord",
        origin_id=contact.pk,
    )


def sees(who, report: Report) -> bool:
    return selectors.reports_visible_to(who.actor).filter(pk=report.pk).exists()


def test_a_report_of_a_family_that_nobody_narrowed_is_the_desk_s(report, caseworker, duty_manager) -> None:
    assert sees(caseworker, report)
    assert sees(duty_manager, report)


def test_narrowed_it_is_gone_from_lists_search_and_pages_of_the_others(
    report, case, family_worker, caseworker, second_worker, duty_manager
) -> None:
    page = reverse("intelligence:report", args=[report.reference])
    browser = caseworker.sign_in(Client())
    assert browser.get(page).status_code == 200

    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="A colleague is a cousin.")

    assert not sees(caseworker, report)
    assert browser.get(page).status_code == 404
    found = selectors.with_words(selectors.reports_visible_to(caseworker.actor), "Dex")
    assert not found.exists()
    assert sees(family_worker, report)
    assert sees(duty_manager, report)
    assert selectors.with_words(selectors.reports_visible_to(duty_manager.actor), "Dex").exists()
    cases.name_colleague(
        actor=family_worker.actor, case_id=case.pk, user_id=caseworker.user.pk, is_kept_out=False
    )
    assert sees(caseworker, report)


def test_whoever_is_kept_out_sees_none_of_it_unless_they_approved_it(
    report, case, family_worker, duty_manager
) -> None:
    cases.name_colleague(
        actor=family_worker.actor, case_id=case.pk, user_id=duty_manager.user.pk, is_kept_out=True
    )
    assert not sees(duty_manager, report)
    Report.objects.filter(pk=report.pk).update(approved_by=duty_manager.user, approved_at=timezone.now())
    assert sees(duty_manager, report)


def test_what_staff_wrote_of_themselves_is_hidden_by_no_family(case, caseworker, family_worker, met) -> None:
    own = services.draft(
        actor=caseworker.actor, lines=[making.line()], details=services.ReportDetails(force_id=met.pk)
    )
    cases.narrow_case(actor=family_worker.actor, case_id=case.pk, reason="A colleague is a cousin.")

    assert sees(caseworker, own)
