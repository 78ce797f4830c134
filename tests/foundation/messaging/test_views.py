"""The pages about messages: who sees what, and that they do what they say."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.messaging import selectors
from foundation.messaging import services as messaging
from foundation.messaging.models import Message, Switch
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging.conftest import NUMBER, again, queue, receipt

pytestmark = pytest.mark.django_db
PAGES = [
    "messaging:log",
    "messaging:unknown",
    "messaging:not_taken",
    "messaging:switches",
    "messaging:limits",
]


@pytest.fixture
def secret(met) -> Message:
    """A TextSafe at the Met's request: the charity keeps its log."""
    return queue(service="textsafe", organisation_id=met.pk)


@pytest.fixture
def met_mail(met) -> Message:
    """A mail to the Met's own people."""
    return queue(channel="email", to="officer@met.example", organisation_id=met.pk)


def get(member, name: str, *args, **query):
    return member.sign_in(Client()).get(reverse(name, args=args), query)


def post(member, name: str, *args, **data):
    return member.sign_in(Client()).post(reverse(name, args=args), data)


def test_the_charity_sees_its_texts_and_no_force_does(
    administrator, met_administrator, secret, met_mail
) -> None:
    ours = get(administrator, "messaging:log").content.decode()
    theirs = get(met_administrator, "messaging:log").content.decode()

    assert secret.reference in ours
    assert met_mail.reference not in ours
    assert met_mail.reference in theirs
    assert secret.reference not in theirs
    for page in (ours, theirs):
        assert NUMBER not in page
        assert "Need to talk" not in page
        assert "officer@met.example" not in page


def test_a_list_reads_is_recorded_with_its_ids(administrator, secret) -> None:
    get(administrator, "messaging:log")

    assert AuditEvent.objects.get(action="messages.listed").target_ids == [secret.pk]


def test_another_organisations_message_is_not_found(
    administrator, met_administrator, kent_officer, secret, met_mail
) -> None:
    assert get(administrator, "messaging:message", secret.reference).status_code == 200
    assert get(administrator, "messaging:message", met_mail.reference).status_code == 404
    assert get(met_administrator, "messaging:message", secret.reference).status_code == 404
    assert get(met_administrator, "messaging:settle", secret.reference).status_code == 404
    assert get(kent_officer, "messaging:message", secret.reference).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_officers_and_caseworkers_have_no_business_here(name, met_officer, kent_officer, caseworker) -> None:
    for member in (met_officer, kent_officer, caseworker):
        assert get(member, name).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(name) -> None:
    assert Client().get(reverse(name)).status_code == 302


def test_nobody_without_the_role_reads_a_message(met_officer, secret) -> None:
    assert not selectors.visible_to(met_officer.actor).exists()
    assert list(selectors.messages_of("test.Owner", secret.owner_id)) == [secret]


def test_the_log_is_filtered_and_paged_without_more_queries(
    administrator, charity, django_assert_max_num_queries
) -> None:
    rows = [queue(service="textsafe", organisation_id=charity.pk) for _ in range(selectors.PAGE + 1)]
    client = administrator.sign_in(Client())
    address = reverse("messaging:log")

    with django_assert_max_num_queries(12):
        first = client.get(address, {"status": "queued", "service": "textsafe"})
    assert rows[-1].reference in first.content.decode()
    assert rows[0].reference not in first.content.decode()
    older = client.get(address, {"after": first.context["older"]})
    assert [row.reference for row in older.context["rows"]] == [rows[0].reference]
    assert not client.get(address, {"status": "failed"}).context["rows"]
    assert client.get(address, {"status": "nonsense", "after": "x"}).status_code == 200


def test_one_message_shows_what_was_done_and_said(provider, administrator, charity) -> None:
    row = queue(service="textsafe", organisation_id=charity.pk, to="+447700900923")
    messaging.send_one(message_id=row.pk)
    receipt(again(row), "undelivered", code="30005")
    messaging.read_statuses()

    page = get(administrator, "messaging:message", row.reference).content.decode()

    assert "Claimed for sending" in page
    assert "The number is unknown or no longer in use." in page
    assert "undelivered" in page
    assert "+447700900923" not in page


def test_an_unknown_outcome_is_listed_and_settled_by_a_person(
    provider, duty_manager, met_administrator, charity
) -> None:
    provider.break_(FaultKind.CUT_AFTER, times=1)
    row = queue(service="textsafe", organisation_id=charity.pk)
    messaging.send_one(message_id=row.pk)

    assert row.reference in get(duty_manager, "messaging:unknown").content.decode()
    assert row.reference not in get(met_administrator, "messaging:unknown").content.decode()
    shown = get(duty_manager, "messaging:settle", row.reference).content.decode()
    assert NUMBER in shown
    assert AuditEvent.objects.filter(action="message.revealed", target_id=row.pk).exists()
    assert b"Enter how do you know" not in post(duty_manager, "messaging:settle", row.reference).content
    assert again(row).status == "unknown"

    done = post(
        duty_manager,
        "messaging:settle",
        row.reference,
        outcome="delivered",
        reason="Seen in the provider's console.",
    )
    assert done.status_code == 302
    assert again(row).status == "delivered"
    late = post(duty_manager, "messaging:settle", row.reference, outcome="failed", reason="No.")
    assert late["Location"] == reverse("messaging:message", args=[row.reference])
    assert again(row).status == "delivered"


def test_an_auditor_reads_and_settles_nothing(provider, auditor, charity) -> None:
    provider.break_(FaultKind.CUT_AFTER, times=1)
    row = queue(service="textsafe", organisation_id=charity.pk)
    messaging.send_one(message_id=row.pk)

    assert get(auditor, "messaging:message", row.reference).status_code == 200
    assert get(auditor, "messaging:settle", row.reference).status_code == 403


def test_the_kill_switch_is_thrown_from_its_page(duty_manager) -> None:
    assert "Everything" in get(duty_manager, "messaging:switches").content.decode()
    assert get(duty_manager, "messaging:stop", "everything").status_code == 200
    assert post(duty_manager, "messaging:stop", "everything").status_code == 200
    assert not Switch.objects.exists()

    assert post(duty_manager, "messaging:stop", "everything", reason="Wrong wording.").status_code == 302
    assert messaging.switches.is_stopped("textsafe")
    assert "Wrong wording." in get(duty_manager, "messaging:switches").content.decode()


def test_sending_starts_again_only_with_a_fresh_second_factor(duty_manager) -> None:
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A drill.")

    address = reverse("messaging:start", args=["textsafe"])

    stale = duty_manager.sign_in(Client(), fresh=False).post(address, {"reason": "Over."})
    assert stale.status_code == 302
    assert messaging.switches.is_stopped("textsafe")
    post(duty_manager, "messaging:start", "textsafe", reason="Over.")
    assert not messaging.switches.is_stopped("textsafe")


def test_a_forces_administrator_throws_no_switch(met_administrator) -> None:
    assert get(met_administrator, "messaging:switches").status_code == 403
    assert post(met_administrator, "messaging:stop", "everything", reason="No.").status_code == 403
    assert not Switch.objects.exists()


def test_there_is_no_switch_for_what_does_not_send(duty_manager) -> None:
    assert get(duty_manager, "messaging:stop", "nothing").status_code == 404
