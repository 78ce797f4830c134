"""What goes out is fixed as it goes out: signed, valid, never changed, and without how it ended."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from lxml import etree

from alerts.cap import services
from alerts.cap.models import CapMessage
from alerts.cap.xml import signing
from alerts.cap.xml.reading import opened, values_of
from alerts.cap.xml.validity import problem_of
from alerts.enums import NoticeKind
from alerts.models import AlertWording
from foundation.audit.models import AuditEvent
from tests.alerts import making
from tests.alerts.cap.issuing import call_off, issue, notice, tell
from tests.alerts.cap.making import pair

pytestmark = pytest.mark.django_db


def _told(row: CapMessage):
    data = row.document.encode()
    signed = signing.verified(data, [pair("ours").certificate])
    assert problem_of(etree.fromstring(data)) == ""
    opened(data)
    return values_of(signed)


def test_an_issued_alert_has_its_message_in_the_same_commit(issued) -> None:
    row = CapMessage.objects.get()
    told = _told(row)
    assert (row.direction, row.msg_type, row.status) == ("out", "Alert", "Actual")
    assert told.identifier == f"{issued.reference}.1"
    assert told.sender == "alerts@cap.test"
    assert [place.gss_code for place in told.places] == ["E09000007"]
    assert told.wordings[0].headline == "Help find Robin, 9"
    assert told.is_about_a_child
    assert AuditEvent.objects.filter(action="cap.frozen", incident_id=issued.incident_id).exists()


def test_an_update_and_a_cancel_refer_to_every_live_message(issued) -> None:
    tell(issued, NoticeKind.UPDATE)
    call_off(issued)
    alert, update, cancel = (_told(row) for row in CapMessage.objects.order_by("pk"))
    first = (alert.sender, alert.identifier, alert.sent)
    assert [(one.sender, one.identifier, one.sent) for one in update.references] == [first]
    assert [one.identifier for one in cancel.references] == [alert.identifier, update.identifier]


@pytest.mark.parametrize("reason", ["found_safe", "found_deceased", "stood_down", "error"])
def test_a_cancel_tells_nothing_of_how_it_ended(issued, reason: str) -> None:
    call_off(issued, reason)
    text = CapMessage.objects.get(msg_type="Cancel").document
    assert "Robin" not in text
    assert "Child Rescue Alert ended" in text
    for word in ("found", "safe", "dead", "died", "deceased", "stood down", "error", "<resource"):
        assert word not in text.lower().replace("<category>safety", "")


def test_welsh_words_make_a_block_of_their_own(room, ready) -> None:
    content = ready.contents.first()
    AlertWording.objects.get_or_create(
        content=content,
        language="cy",
        defaults={"headline": "Rhybudd", "description": "Robin", "instruction": "999", "sms": "x"},
    )
    issue(ready, room.manager)
    assert [one.language for one in _told(CapMessage.objects.get()).wordings] == ["en-GB", "cy-GB"]


def test_a_rehearsal_is_an_exercise_and_nothing_else(room, rehearsal) -> None:
    making.ready(room, rehearsal)
    issue(rehearsal, room.manager)
    row = CapMessage.objects.get()
    assert row.status == "Exercise"
    assert "EXERCISE. This is not a real alert." in row.document
    assert "<web>" not in row.document


def test_freezing_twice_is_freezing_once(issued) -> None:
    row = CapMessage.objects.get()
    again = services.freeze_message(notice_id=row.notice_id)
    assert (again.pk, CapMessage.objects.count()) == (row.pk, 1)


def test_a_message_that_was_missed_is_made_before_the_one_that_refers_to_it(room, ready) -> None:
    first = notice(ready, NoticeKind.ALERT)
    later = notice(ready, NoticeKind.CANCEL)
    services.freeze_message(notice_id=later.pk)
    assert list(CapMessage.objects.order_by("pk").values_list("notice_id", flat=True)) == [
        first.pk,
        later.pk,
    ]


def test_nobody_changes_or_removes_a_message_but_its_words_can_be_emptied(issued) -> None:
    row = CapMessage.objects.get()
    for change in (
        lambda: CapMessage.objects.update(sender="other"),
        lambda: CapMessage.objects.update(document="<x/>"),
        lambda: CapMessage.objects.update(document="", sender="other"),
        lambda: CapMessage.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert CapMessage.objects.update(document="") == 1


def test_without_a_key_it_goes_out_unsigned_and_says_so(settings, room, ready) -> None:
    settings.CAP_SIGNING_KEY = ""
    issue(ready, room.manager)
    row = CapMessage.objects.get()
    assert not row.is_signed
    with pytest.raises(signing.NotSigned):
        signing.verified(row.document.encode(), [pair("ours").certificate])


def test_a_key_that_fails_does_not_stop_the_alert(settings, room, ready) -> None:
    """The commit of an alert does not depend on it: it is owed, and shown in red."""
    from foundation.events.models import Owed

    settings.CAP_SIGNING_KEY = "no key"
    issue(ready, room.manager)
    assert not CapMessage.objects.exists()
    assert Owed.objects.filter(subscriber__contains="freeze_issued", lane="urgent").exists()
