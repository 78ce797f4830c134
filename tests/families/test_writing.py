"""Texts and e-mails to relatives, their replies, and everything that holds one back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from families.labels import CONTACT_LABEL, SERVICE
from families.models import ContactPoint, ContactRecord
from families.services import cases, contacts, inbox, members, points, writing
from foundation.access import Refused
from foundation.exceptions import Invalid
from foundation.messaging import numbers
from foundation.messaging.enums import Channel, Keyword, MessageStatus, RawKind
from foundation.messaging.keywords import keyword_of
from foundation.messaging.models import Inbound, Message, RawCallback
from foundation.messaging.services.suppression import suppress
from foundation.messaging.types import InboundText, Settlement
from tests.families.conftest import FATHERS, MOTHERS, reach

pytestmark = pytest.mark.django_db


def write(who, whom, point: ContactPoint | None = None, **given: Any) -> ContactRecord:
    asked = {"words": "Callum here. I ring at six, as we said.", "form_token": uuid4()}
    found = point or whom.points.first()
    return writing.write_to(actor=who.actor, member_id=whom.pk, point_id=found.pk, **(asked | given))


def comes_in(body: str, answers: ContactRecord) -> ContactRecord | None:
    now = timezone.now()
    raw = RawCallback.objects.create(
        provider="twilio", kind=RawKind.INBOUND, body="", signature_ok=True, received_at=now, due_at=now
    )
    row = Inbound.objects.create(
        raw=raw, provider_id=uuid4().hex, sender=MOTHERS, sender_key=numbers.key_of(Channel.SMS, MOTHERS),
        to="+447700900000", body=body, keyword=keyword_of(body), service=SERVICE, received_at=now, due_at=now,
        message_id=answers.message_id,
    )  # fmt: skip
    text = InboundText(row.pk, SERVICE, answers.message_id, Keyword(row.keyword), now)
    first = inbox.take_in(text)
    assert inbox.take_in(text) is None
    return first


def test_a_text_is_queued_once_and_its_way_is_followed(mother, family_worker) -> None:
    token = uuid4()
    row, again = (write(family_worker, mother, form_token=token) for _ in range(2))
    assert row == again
    message = Message.objects.get()
    assert (message.owner_label, message.owner_id, message.to) == (CONTACT_LABEL, row.pk, MOTHERS)
    assert writing.check_contact(row.pk) is None
    at = timezone.now()
    for status in (MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.DELIVERED, MessageStatus.FAILED):
        writing.settle([Settlement(row.message_id, CONTACT_LABEL, row.pk, status, at)])
    row.refresh_from_db()
    assert (row.sent_at, row.delivered_at, row.failed_at) == (at, at, None)


def test_an_email_has_a_subject(mother, family_worker) -> None:
    mail = reach(family_worker, mother, "ngozi@example.org", "email")
    with pytest.raises(Invalid):
        write(family_worker, mother, mail)
    assert write(family_worker, mother, mail, subject="From Missing People").channel == "email"
    assert Message.objects.get().channel == Channel.EMAIL


def test_what_no_message_can_reach_is_refused(mother, father, family_worker) -> None:
    post = reach(family_worker, mother, "4 High Street", "post")
    with pytest.raises(Refused):
        write(family_worker, mother, post)
    for given in ({"words": " "}, {"words": "x" * 460}, {"point": father.points.get()}):
        with pytest.raises(Invalid):
            write(family_worker, mother, **given)


HOLDS = {
    "unsafe": lambda who, whom: points.mark_unsafe(
        actor=who.actor, point_id=whom.points.get().pk, why="He reads it."
    ),
    "ended": lambda who, whom: points.end_point(actor=who.actor, point_id=whom.points.get().pk),
    "blocked": lambda who, whom: members.block_member(actor=who.actor, member_id=whom.pk, why="Not her."),
    "wish": lambda who, whom: members.change_member(
        actor=who.actor,
        member_id=whom.pk,
        version=whom.version,
        details=members.MemberDetails(name=whom.name, relationship="parent", contact_wish="no"),
    ),
    "barred": lambda who, whom: members.block_party(
        actor=who.actor, case_id=whom.case_id, name="A man", number=MOTHERS, why="It is his."
    ),
    "stop": lambda who, whom: suppress(
        actor=who.actor, service=SERVICE, channel=Channel.SMS, to=MOTHERS, cause="stop"
    ),
}


@pytest.mark.parametrize("hold", HOLDS)
def test_what_has_become_unsafe_is_held_back_at_the_send_and_at_the_form(hold, mother, family_worker) -> None:
    row = write(family_worker, mother)
    HOLDS[hold](family_worker, mother)
    assert writing.check_contact(row.pk) is not None
    with pytest.raises(Refused):
        write(family_worker, mother)


def test_an_unsafe_number_is_refused_under_another_entry_too(mother, family_worker) -> None:
    row = write(family_worker, mother)
    point = points.mark_unsafe(actor=family_worker.actor, point_id=mother.points.get().pk, why="He reads it.")
    twin = ContactPoint.objects.create(
        member=mother, kind="sms", value=MOTHERS, value_key=point.value_key, added_at=timezone.now()
    )
    ContactRecord.objects.filter(pk=row.pk).update(point=twin)
    assert writing.check_contact(row.pk).code == "unsafe"


def test_nothing_goes_when_the_support_is_closed_or_the_entry_is_gone(case, mother, family_worker) -> None:
    row = write(family_worker, mother)
    cases.close_case(actor=family_worker.actor, case_id=case.pk, reason="At their wish.")
    assert writing.check_contact(row.pk).code == "closed"
    assert writing.check_contact(0).code == "gone"


def test_a_message_gives_nobody_away(case, mother, father, family_worker) -> None:
    members.set_bond(
        actor=family_worker.actor, case_id=case.pk, first_id=mother.pk, second_id=father.pk,
        kind="separated", in_conflict=True, why="An order.",
    )  # fmt: skip
    mail = reach(family_worker, mother, "ngozi@example.org", "email")
    for given in ({"words": f"Ring {FATHERS}"}, {"point": mail, "subject": "About Peter"}):
        with pytest.raises(Invalid):
            write(family_worker, mother, **given)


def test_a_reply_comes_into_the_thread_and_waits_to_be_read(case, mother, family_worker) -> None:
    row = write(family_worker, mother)
    reply = comes_in("thank you, six is fine", row)
    assert (reply.member, reply.direction, reply.words) == (mother, "in", "thank you, six is fine")
    given = {"actor": family_worker.actor, "case_id": case.pk, "member_id": mother.pk}
    assert [contacts.mark_read(**given) for _ in range(2)] == [1, 0]


def test_a_reply_to_nothing_of_ours_is_tried_again(mother, family_worker) -> None:
    row = write(family_worker, mother)
    row.message_id = None
    with pytest.raises(LookupError):
        comes_in("hello", row)
