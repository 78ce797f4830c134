"""A text from a number that nobody wrote to waits for a person."""

from __future__ import annotations

import pytest

from foundation.access import Refused
from tests.textsafe.conftest import comes_in
from textsafe import selectors
from textsafe.enums import TriageStatus
from textsafe.models import TriageItem
from textsafe.services import triage

pytestmark = pytest.mark.django_db
STRANGER = "+447700900199"


def test_an_unknown_number_goes_to_triage_and_is_read_within_the_hour(
    clock, charity, caseworker, second_caseworker, met_officer
) -> None:
    comes_in("who is this", STRANGER)
    comes_in("STOP", "+447700900198")
    item = TriageItem.objects.get()
    assert (item.look_by - item.received_at).total_seconds() == 3600
    assert not selectors.triage_visible_to(met_officer.actor).exists()
    with pytest.raises(Refused):
        triage.open_item(actor=met_officer.actor, item_id=item.pk)
    triage.set_aside(actor=caseworker.actor, item_id=item.pk, reason="A wrong number.")
    triage.take_up_again(actor=second_caseworker.actor, item_id=item.pk)
    opened = triage.open_item(actor=caseworker.actor, item_id=item.pk)
    assert (opened.request, opened.claimed_by, opened.reply_due_at) == (None, caseworker.user, item.look_by)
    item.refresh_from_db()
    assert (item.status, item.text) == (TriageStatus.OPENED, "")
    comes_in("please help", STRANGER)
    assert opened.messages.count() == 2


def test_two_texts_of_one_stranger_become_one_conversation(charity, caseworker, second_caseworker) -> None:
    comes_in("one", STRANGER)
    comes_in("two", STRANGER)
    first, second = TriageItem.objects.order_by("pk")
    opened = triage.open_item(actor=caseworker.actor, item_id=first.pk)
    assert triage.open_item(actor=second_caseworker.actor, item_id=second.pk) == opened
    opened.refresh_from_db()
    assert opened.claimed_by == caseworker.user
