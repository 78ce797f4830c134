"""The takedown ledger as the desk works with it: confirming, telling again, seen again, tried again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from appeals import services
from appeals.models import Appeal, Placement
from tests.appeals import making
from tests.appeals.test_pages import page

pytestmark = pytest.mark.django_db


def test_staff_confirm_with_evidence_and_tell_again(desk, ready, duty_manager, met_officer):
    making.outlet()
    feed = making.outlet("media_email", "Camden News", address="news@camden.example")
    page(
        duty_manager,
        "publish",
        ready.reference,
        data={"version": Appeal.objects.get().version, "when": "now", "outlets": [feed.pk]},
    )
    page(duty_manager, "withdraw", ready.reference, data={"cause": "staff", "reason": "A mistake."})
    row = Placement.objects.get(outlet=feed)
    Placement.objects.filter(pk=row.pk).update(
        status="withdrawing", withdraw_from=timezone.now(), live_at=timezone.now()
    )
    page(duty_manager, "tell_again", ready.reference, row.reference, data={})
    assert (
        page(duty_manager, "confirm", ready.reference, row.reference, data={"evidence": ""}).status_code
        == 422
    )
    done = page(duty_manager, "confirm", ready.reference, row.reference, data={"evidence": "Rang Ann at 10."})
    assert "Recorded as gone, with your evidence." in done.content.decode()
    row.refresh_from_db()
    assert (row.status, row.confirmed_by) == ("confirmed", "staff")
    assert [one.what for one in row.ledger.all()] == ["to_be_told_again", "confirmed_by_staff"]
    assert "Rang Ann" not in page(met_officer, "ledger", ready.reference).content.decode()
    assert "It is shown again" in page(duty_manager, "ledger", ready.reference).content.decode()
    again = {"evidence": "On their front page."}
    page(duty_manager, "seen_again", ready.reference, row.reference, data=again)
    row.refresh_from_db()
    assert row.status == "withdrawing"


def test_our_own_pages_are_not_said_to_show_it_again(desk, live, duty_manager):
    services.withdraw_appeal(actor=desk.officer, appeal_id=live.pk, cause="police_veto", reason="Found.")
    assert "It is shown again" not in page(duty_manager, "ledger", live.reference).content.decode()
    row = Placement.objects.filter(appeal=live)[0]
    data = {"evidence": "On the list."}
    answer = page(duty_manager, "seen_again", live.reference, row.reference, data=data)
    assert "Our own pages cannot show what is withdrawn." in answer.content.decode()


def test_an_outlet_that_failed_is_tried_again(live, duty_manager):
    row = Placement.objects.create(
        appeal=live,
        outlet=making.outlet("webhook", address="https://192.0.2.1/"),
        content=live.contents.get(),
        status="failed",
        planned_at=live.first_live_at,
    )
    assert "Try again" in page(duty_manager, "ledger", live.reference).content.decode()
    page(duty_manager, "try_again", live.reference, row.reference, data={})
    row.refresh_from_db()
    assert row.status == "planned"
