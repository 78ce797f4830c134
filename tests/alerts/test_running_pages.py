"""The pages from the issuer's step to the report, by whoever may open them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from alerts import services
from alerts.enums import AlertStatus
from alerts.models import CallVolume, ChannelPrice, ChildRescueAlert, CostApproval, CostCeiling
from foundation.accounts.enums import Role
from foundation.clock import in_london
from tests.alerts import making
from tests.alerts.subscribing import issued, line, phones, rewritten, send_all, subscribe
from tests.cast import Member, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(db) -> None:
    line("sms")
    line("email")


@pytest.fixture
def manager(charity) -> Member:
    return member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER)


@pytest.fixture
def second(charity) -> Member:
    return member("manager2@charity.example", "Idris Vaughan", charity, Role.CHARITY_MANAGER)


@pytest.fixture
def administrator(charity) -> Member:
    return member("admin@charity.example", "Ola Brand", charity, Role.ADMINISTRATOR)


def page(name: str, alert: ChildRescueAlert, *more: object) -> str:
    return reverse(f"alerts:{name}", args=[alert.reference, *more])


def read_pdf(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def fresh(alert: ChildRescueAlert) -> ChildRescueAlert:
    return ChildRescueAlert.objects.get(pk=alert.pk)


def test_the_issuer_reads_everything_and_issues(client: Client, provider, room, ready, manager) -> None:
    subscribe(phones(3))
    ChannelPrice.objects.create(
        channel="sms", pence=Decimal("2.5"), set_by=manager.user, set_at=timezone.now()
    )
    manager.sign_in(client)
    shown = client.get(page("issue", ready)).content.decode()
    assert "About £0.08 for 3 messages" in shown
    assert "Child Rescue Alert: Robin, 9." in shown
    answers = {"version": fresh(ready).version, "channels": ["sms"]}
    refused = client.post(page("issue", ready), answers)
    assert refused.status_code == 422
    done = client.post(page("issue", ready), {**answers, "read": "on"}, follow=True)
    assert "It is issued" in done.content.decode()
    assert fresh(ready).status == AlertStatus.ISSUED
    assert send_all() == 3


def test_a_page_that_is_old_issues_nothing(client: Client, room, ready, manager) -> None:
    subscribe(phones(1))
    manager.sign_in(client)
    old = {"version": fresh(ready).version - 1, "channels": ["sms"], "read": "on"}
    assert client.post(page("issue", ready), old).status_code == 422
    assert fresh(ready).status == AlertStatus.NCA_AGREED


def test_issuing_asks_for_a_second_factor_given_lately(client: Client, room, ready, manager) -> None:
    manager.sign_in(client, fresh=False)
    assert client.get(page("issue", ready)).status_code == 302


def test_the_room_shows_how_far_it_has_come(client: Client, provider, room, ready, manager) -> None:
    subscribe([*phones(2), "+447700900901"])
    issued(room, ready)
    send_all()
    manager.sign_in(client)
    for name in ("room", "progress"):
        shown = client.get(page(name, ready)).content.decode()
        assert "2 of 3 accepted" in shown
        assert "End the alert" in shown
        assert "+447700900001" not in shown


def test_the_force_ends_it_and_everybody_reads_that_it_is_over(
    client: Client, provider, room, ready, met_officer
) -> None:
    subscribe(phones(2))
    issued(room, ready)
    send_all()
    met_officer.sign_in(client)
    assert client.post(page("end", ready), {"cancel_reason": "error"}).status_code == 422
    client.post(page("end", ready), {"cancel_reason": "found_safe"}, follow=True)
    assert fresh(ready).status == AlertStatus.CANCELLED
    assert "about to go out" in client.get(page("progress", ready)).content.decode()


def test_an_update_review_and_renewal_by_their_pages(client: Client, provider, room, ready, manager) -> None:
    subscribe(phones(2))
    issued(room, ready)
    manager.sign_in(client)
    assert "Nothing was written" in client.get(page("update", ready)).content.decode()
    rewritten(room, ready)
    shown = client.get(page("update", ready)).content.decode()
    assert "A green coat" in shown
    for name in ("update", "review", "renew"):
        version = fresh(ready).version
        done = client.post(page(name, ready), {"version": version, "read": "on"}, follow=True)
        assert done.status_code == 200
        assert fresh(ready).version > version
    assert ready.notices.count() == 3


def test_a_second_manager_approves_what_is_above_the_ceiling(
    client: Client, provider, room, ready, manager, second, administrator
) -> None:
    subscribe(phones(100))
    administrator.sign_in(client)
    given = {"price_sms": "5", "price_email": "", "ceiling": "1"}
    assert client.post(reverse("alerts:prices"), given).status_code == 302
    assert CostCeiling.objects.get().pence == 100
    manager.sign_in(client)
    assert "approve the cost" in client.get(page("issue", ready)).content.decode()
    answers = {"version": fresh(ready).version, "channels": ["sms"], "read": "on"}
    refused = client.post(page("issue", ready), answers)
    assert refused.status_code == 422
    assert "Another manager" in refused.content.decode()
    client.post(page("cost", ready), {"pounds": "10"})
    assert client.post(page("issue", ready), answers).status_code == 422, "nobody approves their own"
    second.sign_in(client)
    client.post(page("cost", ready), {"pounds": "10"})
    assert CostApproval.objects.count() == 2
    manager.sign_in(client)
    client.post(page("issue", ready), answers)
    assert fresh(ready).status == AlertStatus.ISSUED


def test_prices_are_for_an_administrator_of_the_charity(client: Client, manager, met) -> None:
    manager.sign_in(client)
    assert client.get(reverse("alerts:prices")).status_code == 403
    of_force = member("admin@met.example", "Pat Moss", met, Role.ADMINISTRATOR)
    of_force.sign_in(client)
    assert client.get(reverse("alerts:prices")).status_code == 404


@pytest.mark.parametrize(
    "name", ["issue", "update", "end", "review", "renew", "cost", "also", "progress", "report", "calls_taken"]
)
def test_another_force_finds_nothing(client: Client, room, ready, name, kent) -> None:
    subscribe(phones(1))
    issued(room, ready)
    roles = (Role.POLICE_SUPERINTENDENT, Role.POLICE_OFFICER)
    member("super@kent.example", "Kit Vane", kent, *roles).sign_in(client)
    assert client.get(page(name, ready)).status_code in {403, 404}
    assert client.get(page("download", ready, "csv")).status_code == 404


def test_the_report_tells_steps_reach_cost_and_calls(
    client: Client, provider, room, ready, met_officer
) -> None:
    subscribe([*phones(2), "+447700900901"])
    issued(room, ready)
    send_all()
    services.cancel_alert(actor=room.officer, alert_id=ready.pk, cancel_reason="found_deceased")
    met_officer.sign_in(client)
    hour = timezone.localtime().replace(minute=0, second=0, microsecond=0).isoformat()
    client.post(page("calls_taken", ready), {"hour": hour, "calls": "212"})
    assert CallVolume.objects.get().calls == 212
    shown = client.get(page("report", ready)).content.decode()
    for words in ("Ruth Aldous", "Ned Castle", "Grace Adeyemi", "Issued", "212", "no price set"):
        assert words in shown
    assert "+447700900001" not in shown
    issued_at = in_london(fresh(ready).issued_at)
    assert f"{issued_at:%-d %B %Y, %H:%M:%S}" in shown
    sheet = client.get(page("download", ready, "csv")).content.decode()
    assert "Reach by channel" in sheet
    assert f"{issued_at:%Y-%m-%d %H:%M:%S}" in sheet
    paper = read_pdf(client.get(page("download", ready, "pdf")))
    for words in ("Steps and their times", "Ruth Aldous", f"{issued_at:%-d %B %Y, %H:%M:%S}", "212"):
        assert words in paper
    assert "+447700900001" not in paper
    book = load_workbook(BytesIO(client.get(page("download", ready, "xlsx")).content))
    assert book.sheetnames == ["About", "Steps", "Reach", "Areas", "Failures", "Ledger", "Calls"]


def test_a_drill_report_is_marked(client: Client, provider, room, rehearsal, met_officer) -> None:
    subscribe(phones(1), is_test=True)
    alert = making.ready(room, rehearsal)
    issued(room, alert)
    send_all()
    met_officer.sign_in(client)
    shown = client.get(page("report", alert)).content.decode()
    assert "Drill report" in shown
    assert "about nobody" in shown
    assert "Drill" in client.get(page("download", alert, "csv")).content.decode().splitlines()[0]
    assert "nothing of it went to the public" in read_pdf(client.get(page("download", alert, "pdf")))


def test_before_it_is_issued_there_is_no_progress_to_look_at(client: Client, ready, manager) -> None:
    manager.sign_in(client)
    assert client.get(page("room", ready)).status_code == 200
    assert client.get(page("progress", ready)).status_code == 404
