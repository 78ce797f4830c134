"""Pausing, leaving and choosing anew: whatever ends, ends at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alerts.audience import reading, selectors, services
from alerts.audience.models import Bucket, PreferenceLink, Subscriber, Subscription
from alerts.audience.services import signing_up
from foundation.access import Refused
from foundation.backups.models import LedgerLine
from foundation.messaging.models import Message
from tests.alerts.audience.conftest import link_sent, subscribe

pytestmark = pytest.mark.django_db
WORKER = signing_up.WORKER


def told(bucket_id: int, sql: str = reading.AREAS, *, after: int = 0, most: int = 100) -> list[int]:
    """Whom an alert to that bucket would reach now."""
    arguments = {"part": bucket_id, "after": after, "last": selectors.watermark(), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return [row[0] for row in cursor.fetchall()]


def test_who_pauses_or_leaves_is_not_among_those_who_are_told(london) -> None:
    people = [subscribe(f"p{n}@people.test", [london["Northborough"]]) for n in range(3)]
    bucket = Bucket.objects.get()
    assert len(told(bucket.pk)) == 3
    services.pause(actor=WORKER, subscriber_id=people[0].pk, days=1)
    services.leave(actor=WORKER, subscriber_ids=[people[1].pk])
    assert len(told(bucket.pk)) == 1
    bucket.refresh_from_db()
    assert bucket.active == 1
    assert services.go_on_due(now=timezone.now()) == 0
    assert services.go_on_due(now=timezone.now() + timedelta(days=2)) == 1
    assert len(told(bucket.pk)) == 2
    assert services.leave(actor=WORKER, subscriber_ids=[people[1].pk]) == 0


def test_ranges_are_read_in_order_and_in_pieces(london) -> None:
    for n in range(5):
        subscribe(f"p{n}@people.test", [london["Northborough"]])
    bucket = Bucket.objects.get()
    first = told(bucket.pk, most=2)
    rest = told(bucket.pk, after=first[-1])
    assert first + rest == sorted(first + rest)
    assert (len(first), len(rest)) == (2, 3)


def test_no_text_leads_from_rehearsals_to_the_public_or_back(london) -> None:
    subscribe("p@people.test", [london["Northborough"]])
    bucket = Bucket.objects.get()
    assert told(bucket.pk, reading.REHEARSAL) == []
    Bucket.objects.filter(pk=bucket.pk).update(is_test=True)
    assert told(bucket.pk, reading.AREAS) == []
    assert len(told(bucket.pk, reading.REHEARSAL)) == 1


def test_another_place_is_another_row_with_a_higher_number(london) -> None:
    """What was frozen at an alert's issue never grows."""
    person = subscribe("p@people.test", [london["Northborough"]])
    before = selectors.watermark()
    services.set_choices(
        actor=WORKER,
        subscriber_id=person.pk,
        area_ids=[london["Northborough"].pk, london["Southborough"].pk],
        language="en",
    )
    rows = {row.bucket.area.name: row.pk for row in Subscription.objects.all()}
    assert rows["Northborough"] <= before < rows["Southborough"]
    assert {row.to for row in Subscription.objects.all()} == {"p@people.test"}


@pytest.mark.parametrize("many", [0, 4])
def test_no_area_or_too_many_are_refused(london, many) -> None:
    person = subscribe("p@people.test", [london["Northborough"]])
    areas = [area.pk for area in london.values()][:many]
    with pytest.raises(Refused):
        services.set_choices(actor=WORKER, subscriber_id=person.pk, area_ids=areas, language="en")


def test_what_left_is_left_alone(london) -> None:
    person = subscribe("p@people.test", [london["Northborough"]])
    services.leave(actor=WORKER, subscriber_ids=[person.pk])
    areas = [london["Southborough"].pk]
    assert services.set_choices(actor=WORKER, subscriber_id=person.pk, area_ids=areas, language="en") is None
    assert not services.pause(actor=WORKER, subscriber_id=person.pk, days=3)
    assert not services.go_on(actor=WORKER, subscriber_id=person.pk)
    again = subscribe("p@people.test", [london["Northborough"]])
    assert again.pk != person.pk


def test_an_address_stands_in_a_bucket_once(london) -> None:
    subscribe("p@people.test", [london["Northborough"]])
    row = Subscription.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_link_goes_to_the_address_itself_and_to_none_that_gets_no_alerts(london) -> None:
    subscribe("p@people.test", [london["Northborough"], london["Greatham"]])
    Message.objects.all().delete()
    assert services.send_link(channel="email", to="other@people.test") is None
    assert not Message.objects.exists()
    link = services.send_link(channel="email", to="P@people.test ")
    assert link is not None
    message = Message.objects.get()
    assert message.to == "p@people.test"
    assert "Greatham, Northborough" in message.body
    assert link_sent().startswith("/alerts/choices/")
    assert services.still_theirs(link.pk) is None
    for _ in range(4):
        services.send_link(channel="email", to="p@people.test")
    assert PreferenceLink.objects.count() == 3
    services.leave(actor=WORKER, subscriber_ids=[link.subscriber_id])
    refusal = services.still_theirs(link.pk)
    assert refusal is not None
    assert services.send_link(channel="email", to="p@people.test") is None


def test_after_a_restore_who_had_left_leaves_again(london) -> None:
    person = subscribe("p@people.test", [london["Northborough"]])
    ids = {"channel": "email", "to_key": person.to_key}
    assert services.leave_again(ids)
    assert not services.leave_again(ids)


def test_after_a_restore_pauses_stand_and_who_went_on_gets_alerts(london, settings, tmp_path) -> None:
    settings.LEDGER_FOLDER = str(tmp_path)
    person = subscribe("p@people.test", [london["Northborough"]])
    services.pause(actor=WORKER, subscriber_id=person.pk, days=30)
    services.go_on(actor=WORKER, subscriber_id=person.pk)
    paused, went_on = (row.ids for row in LedgerLine.objects.order_by("pk"))
    assert (paused["to_key"], paused["is_test"]) == (person.to_key, 0)
    assert services.pause_again(paused)
    person.refresh_from_db()
    assert person.paused_until.isoformat() == paused["until"]
    assert set(Subscription.objects.values_list("status", flat=True)) == {"paused"}
    assert services.go_on_again(went_on)
    assert not services.go_on_again(went_on)
    over = paused | {"until": (timezone.now() - timedelta(days=1)).isoformat()}
    assert services.pause_again(over)  # ended by itself
    assert set(Subscription.objects.values_list("status", flat=True)) == {"active"}
    assert not services.pause_again(paused | {"is_test": 1})


def test_what_is_no_longer_needed_goes(london) -> None:
    person = subscribe("p@people.test", [london["Northborough"]])
    services.send_link(channel="email", to="p@people.test")
    services.leave(actor=WORKER, subscriber_ids=[person.pk])
    Message.objects.update(status="delivered", sent_at=timezone.now(), delivered_at=timezone.now())
    month = timezone.localdate().replace(day=1)
    services.count_month(month=month)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        while services.forget(now=timezone.now()):
            pass
        services.count_month(month=month)
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    assert not PreferenceLink.objects.exists()
    assert set(Message.objects.values_list("to_key", flat=True)) == {""}
    from alerts.audience.models import MonthFigures

    figures = MonthFigures.objects.get(month=month)
    assert (figures.joined, figures.left) == (1, 1)
