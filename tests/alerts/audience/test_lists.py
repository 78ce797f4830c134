"""Partners' lists: nobody is added before somebody has seen the check, and nobody twice."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alerts.audience import deadlines, services
from alerts.audience.models import Bucket, ListImport, Subscriber, Subscription
from alerts.audience.services import lists, signing_up
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.files import storage
from foundation.messaging import services as messaging
from tests.alerts.audience.conftest import subscribe

HEADER = "address,place,language,consented_on,consent"
GOOD = "{address},SW99,en,2025-03-01,Form of 2024"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path


def received(who, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> ListImport:
    """A list that a partner gave."""
    content = io.BytesIO("\n".join([header, *rows]).encode(encoding))
    return services.receive_list(
        actor=who.actor, partner="Village watch", evidence="Their form of 2024", content=content
    )


def good(*addresses: str) -> list[str]:
    return [GOOD.format(address=address) for address in addresses]


def test_a_list_is_checked_then_confirmed_then_added(london, duty_manager) -> None:
    subscribe("known@people.test", [london["Southborough"]])
    messaging.suppress(
        actor=signing_up.WORKER, service="alerts", channel="sms", to="07700 900001", cause="stop"
    )
    row = received(
        duty_manager,
        *good("a@people.test", "07700 900000", "known@people.test", "07700 900001", "A@people.test"),
        "nobody,SW99,en,2025-03-01,Form",
        "020 7946 0001,SW99,en,2025-03-01,Form",
        "07911 123456,SW99,en,2025-03-01,Form",
        "b@people.test,Nowhere,en,2025-03-01,Form",
        "c@people.test,SW99;SW99;SW99;SW99,en,2025-03-01,Form",
        "d@people.test,SW99,fr,2025-03-01,Form",
        "e@people.test,SW99,en,1 March,Form",
        "f@people.test,SW99,en,2999-03-01,Form",
        "g@people.test,SW99,en,2025-03-01,",
        'h@people.test,"SW99; t-southborough",CY,2025-03-01,Form',
        ",,,,",
    )
    row = lists.run(list_id=row.pk)
    assert row.status == "checked"
    assert (row.good, row.known, row.suppressed, row.bad) == (3, 1, 1, 10)
    assert Subscriber.objects.count() == 1
    faults = {(bad.line, bad.column) for bad in row.bad_lines.all()}
    assert faults == {
        *((6, "address"), (7, "address"), (8, "address"), (9, "address")),
        *((10, "place"), (11, "place"), (12, "language"), (13, "consented_on"), (14, "consented_on")),
        (15, "consent"),
    }
    services.confirm_list(actor=duty_manager.actor, list_id=row.pk)
    row = lists.run(list_id=row.pk)
    assert (row.status, row.added) == ("done", 3)
    assert Subscription.objects.count() == 5
    partners = Subscriber.objects.filter(source="partner", list_import=row)
    assert {one.consent for one in partners} == {"Form of 2024", "Form"}
    assert AuditEvent.objects.filter(action="subscriber.imported").count() == 1
    assert not storage.path_of(row.stored_as).exists()
    # A second run does nothing.
    assert lists.run(list_id=row.pk).added == 3


def test_a_worker_that_was_killed_goes_on_where_it_stood(london, duty_manager) -> None:
    """It dies after the first chunk of the check, and after the first of the adding."""
    many = lists.CHUNK + 100
    row = received(duty_manager, *good(*(f"p{n}@people.test" for n in range(many))))
    for status in ("checking", "adding"):
        if status == "checking":
            ListImport.objects.filter(pk=row.pk).update(status="checking")
        row.refresh_from_db()
        first = next(lists._chunks(row))
        assert lists._take(row.pk, status, first)
        assert not lists._take(row.pk, status, first)
        row = lists.run(list_id=row.pk)
        if status == "checking":
            assert (row.status, row.good) == ("checked", many)
            row = services.confirm_list(actor=duty_manager.actor, list_id=row.pk)
    assert (row.status, row.added) == ("done", many)
    assert Bucket.objects.get().active == many


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"header": "address,place"}, "it has no language, consented_on, consent"),
        ({"encoding": "utf-16"}, "not UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why(london, duty_manager, given, words) -> None:
    row = lists.run(list_id=received(duty_manager, *good("a@people.test"), **given).pk)
    assert row.status == "failed"
    assert words in row.problem
    with pytest.raises(Refused):
        services.confirm_list(actor=duty_manager.actor, list_id=row.pk)


def test_a_file_that_is_gone_fails_the_list(london, duty_manager) -> None:
    row = received(duty_manager, *good("a@people.test"))
    storage.delete(row.stored_as)
    assert "no longer stored" in lists.run(list_id=row.pk).problem


def test_a_list_without_a_good_line_cannot_be_added_and_may_be_dropped(london, duty_manager) -> None:
    row = lists.run(list_id=received(duty_manager, *good("nobody")).pk)
    with pytest.raises(Refused):
        services.confirm_list(actor=duty_manager.actor, list_id=row.pk)
    services.drop_list(actor=duty_manager.actor, list_id=row.pk)
    row.refresh_from_db()
    assert row.status == "dropped"


def test_lists_are_for_the_charitys_managers(london, met_superintendent, caseworker, duty_manager) -> None:
    for who in (met_superintendent, caseworker):
        with pytest.raises(Refused):
            received(who)
    row = lists.run(list_id=received(duty_manager, *good("a@people.test")).pk)
    for who in (met_superintendent, caseworker):
        with pytest.raises(Refused):
            services.confirm_list(actor=who.actor, list_id=row.pk)
        with pytest.raises(Refused):
            services.drop_list(actor=who.actor, list_id=row.pk)
    with pytest.raises(Refused):
        services.receive_list(actor=duty_manager.actor, partner=" ", evidence="", content=io.BytesIO(b""))


def test_a_list_left_alone_is_kicked_and_one_nobody_decides_on_is_dropped(london, duty_manager) -> None:
    row = received(duty_manager, *good("a@people.test"))
    now = timezone.now()
    assert lists.resume_stalled(now=now) == 0
    assert lists.resume_stalled(now=now + deadlines.STALLED_AFTER + timedelta(seconds=5)) == 1
    lists.run(list_id=row.pk)
    with time_machine.travel(now + deadlines.DECIDE_WITHIN + timedelta(hours=1)):
        assert lists.resume_stalled(now=timezone.now()) == 1
    row.refresh_from_db()
    assert row.status == "dropped"
