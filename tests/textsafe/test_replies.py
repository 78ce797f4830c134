"""What people answer: where it goes, who answers it by when, STOP and START, and concerns."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.types import Settlement
from missingcases.models import Release
from tests.textsafe.conftest import NUMBER, ask, comes_in, later
from textsafe import selectors
from textsafe.enums import ConversationStatus, EscalationStatus
from textsafe.models import Conversation, ConversationMessage, Request
from textsafe.services import conversations, delivery, escalations, optouts

pytestmark = pytest.mark.django_db
STRANGER = "+447700900199"


@pytest.fixture
def texted(incident, met_officer) -> Request:
    """A text that went to the person."""
    row = ask(incident, met_officer.actor)
    Request.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    return row


@pytest.fixture
def talk(texted) -> Conversation:
    """They answered it."""
    comes_in("are you there")
    return Conversation.objects.get()


@pytest.fixture
def mine(talk, caseworker) -> Conversation:
    """A caseworker has it."""
    return conversations.claim_conversation(actor=caseworker.actor, conversation_id=talk.pk)


def write(conversation: Conversation, who: Any, **over: Any) -> ConversationMessage:
    given: dict[str, Any] = {"text": "We are here. Can you ring 116000?", "form_token": uuid4()}
    return conversations.answer(actor=who.actor, conversation_id=conversation.pk, **(given | over))


def test_a_reply_opens_a_conversation_that_is_to_be_answered_within_the_hour(talk, texted) -> None:
    assert (talk.request, talk.status, talk.number) == (texted, ConversationStatus.UNCLAIMED, NUMBER)
    assert (talk.reply_due_at - talk.last_in_at).total_seconds() == 3600
    assert talk.messages.count() == 1


def test_the_clock_runs_from_the_first_text_that_nobody_answered(clock, talk) -> None:
    due_at = talk.reply_due_at
    later(clock, minutes=20)
    comes_in("hello?")
    talk.refresh_from_db()
    assert talk.reply_due_at == due_at


def test_answering_stops_the_clock_and_their_next_text_starts_it(clock, mine, caseworker) -> None:
    write(mine, caseworker)
    mine.refresh_from_db()
    assert (mine.status, mine.reply_due_at) == (ConversationStatus.WAITING, None)
    write(mine, caseworker, text="One more thing.")
    later(clock, minutes=5)
    comes_in("yes")
    mine.refresh_from_db()
    assert (mine.status, mine.claimed_by) == (ConversationStatus.CLAIMED, caseworker.user)
    assert mine.reply_due_at is not None


def test_a_double_click_is_one_answer(mine, caseworker) -> None:
    token = uuid4()
    assert write(mine, caseworker, form_token=token) == write(mine, caseworker, form_token=token)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", [" ", "x" * 460])
def test_an_answer_has_words_and_is_not_a_letter(mine, caseworker, text) -> None:
    with pytest.raises(Invalid):
        write(mine, caseworker, text=text)


def test_an_answer_that_did_not_arrive_sets_the_clock_again(mine, caseworker) -> None:
    row = write(mine, caseworker)
    assert delivery.check_reply(row.pk) is None
    for status in (MessageStatus.SENT, MessageStatus.FAILED):
        delivery.settle([Settlement(row.message_id, delivery.REPLY_LABEL, row.pk, status, timezone.now())])
    mine.refresh_from_db()
    assert mine.reply_due_at is not None
    delivered = MessageStatus.DELIVERED
    for status in (delivered, MessageStatus.FAILED, MessageStatus.UNKNOWN):
        delivery.settle([Settlement(row.message_id, delivery.REPLY_LABEL, row.pk, status, timezone.now())])
    row.refresh_from_db()
    assert row.delivered_at is not None
    assert row.failed_at is None


def test_it_is_handed_to_a_colleague_or_to_everybody(
    mine, caseworker, second_caseworker, publicity_officer
) -> None:
    def hand(who: Any, to: Any, note: str = "") -> Conversation:
        return conversations.hand_over(
            actor=who.actor, conversation_id=mine.pk, to_user_id=to.user.pk if to else None, note=note
        )

    with pytest.raises(Invalid):
        hand(caseworker, publicity_officer)
    assert hand(caseworker, second_caseworker, "He is in Leeds.").claimed_by == second_caseworker.user
    assert mine.messages.filter(direction="note").count() == 1
    with pytest.raises(Refused):
        hand(caseworker, None)
    assert hand(second_caseworker, None).status == ConversationStatus.UNCLAIMED
    conversations.claim_conversation(actor=caseworker.actor, conversation_id=mine.pk)
    write(mine, caseworker)
    assert hand(caseworker, None).status == ConversationStatus.UNCLAIMED


def test_a_note_has_words(mine, caseworker) -> None:
    with pytest.raises(Invalid):
        conversations.add_note(actor=caseworker.actor, conversation_id=mine.pk, text=" ")
    assert (
        conversations.add_note(actor=caseworker.actor, conversation_id=mine.pk, text="x").direction == "note"
    )


def test_a_closed_conversation_opens_again_when_they_write(mine, caseworker) -> None:
    conversations.close_conversation(actor=caseworker.actor, conversation_id=mine.pk, reason="All is well.")
    comes_in("still there?")
    mine.refresh_from_db()
    assert (mine.status, mine.claimed_by, mine.closed_at) == (ConversationStatus.UNCLAIMED, None, None)


def test_stop_ends_it_and_start_does_not_begin_it_again(mine, caseworker) -> None:
    comes_in("STOP")
    mine.refresh_from_db()
    assert (mine.status, mine.reply_due_at) == (ConversationStatus.CLOSED, None)
    assert selectors.opted_out(mine.number_key)
    comes_in("stop")
    comes_in("START")
    mine.refresh_from_db()
    assert mine.status == ConversationStatus.UNCLAIMED
    assert selectors.opted_out(mine.number_key)
    conversations.claim_conversation(actor=caseworker.actor, conversation_id=mine.pk)
    with pytest.raises(Refused) as error:
        write(mine, caseworker)
    assert error.value.refusal.code == "opted_out"


def test_a_stop_holds_back_an_answer_that_was_on_its_way(mine, caseworker) -> None:
    row = write(mine, caseworker)
    comes_in("STOP")
    assert delivery.check_reply(row.pk).code == "opted_out"
    Conversation.objects.filter(pk=mine.pk).update(number_erased_at=timezone.now())
    assert delivery.check_reply(row.pk).code == "gone"


def test_the_helpline_lifts_it_at_the_persons_wish(mine, caseworker, met_officer) -> None:
    comes_in("STOP")
    for reason, who in ((" ", caseworker), ("He rang.", met_officer)):
        with pytest.raises((Invalid, Refused)):
            optouts.lift_suppression(actor=who.actor, conversation_id=mine.pk, reason=reason)
    assert optouts.lift_suppression(actor=caseworker.actor, conversation_id=mine.pk, reason="She rang us.")
    assert not selectors.opted_out(mine.number_key)
    assert not optouts.lift_suppression(actor=caseworker.actor, conversation_id=mine.pk, reason="Again.")


@pytest.mark.parametrize("is_erased", [False, True])
def test_who_rings_the_helpline_gives_the_number_even_where_ours_is_erased(
    mine, caseworker, met_officer, is_erased
) -> None:
    comes_in("STOP")
    key = mine.number_key
    if is_erased:
        Conversation.objects.update(number="", number_key="", number_erased_at=timezone.now())
    with pytest.raises(Refused):
        optouts.lift_for_number(actor=met_officer.actor, number=NUMBER, reason="They said so.")
    for number, reason in (("nonsense", "She rang us."), (NUMBER, " ")):
        with pytest.raises(Invalid):
            optouts.lift_for_number(actor=caseworker.actor, number=number, reason=reason)
    assert optouts.lift_for_number(actor=caseworker.actor, number="07700 900123", reason="She rang us.")
    assert not selectors.opted_out(key)
    assert not optouts.lift_for_number(actor=caseworker.actor, number=NUMBER, reason="She rang us.")


def raise_it(
    conversation: Conversation, who: Any, *, threat: bool = False, words: str = "He is on a bridge."
):
    return escalations.raise_concern(
        actor=who.actor, conversation_id=conversation.pk, concern=words, is_threat_to_life=threat
    )


def test_a_second_concern_joins_the_first(mine, caseworker, second_caseworker) -> None:
    with pytest.raises(Invalid):
        raise_it(mine, caseworker, words=" ")
    first = raise_it(mine, caseworker)
    again = raise_it(mine, second_caseworker, threat=True, words="He wrote again.")
    assert (first.pk, again.is_threat_to_life) == (again.pk, True)
    assert again.concern.endswith("He wrote again.")


def test_two_people_break_a_confidence_and_the_force_reads_those_words_alone(
    mine, caseworker, duty_manager, met_officer
) -> None:
    concern = raise_it(mine, caseworker, threat=True)
    escalations.take_concern(actor=duty_manager.actor, escalation_id=concern.pk)

    def propose(who: Any, text: str = "He says he is on a bridge.", reason: str = "His life."):
        return escalations.propose_words(actor=who.actor, escalation_id=concern.pk, text=text, reason=reason)

    def release(who: Any, words: int, reason: str = "His life."):
        return escalations.release_to_force(
            actor=who.actor, escalation_id=concern.pk, release_id=words, reason=reason
        )

    for wrong in ({"text": " "}, {"reason": " "}):
        with pytest.raises(Invalid):
            propose(caseworker, **wrong)
    earlier = propose(duty_manager).release_id
    with pytest.raises(Refused):
        release(duty_manager, earlier)
    latest = propose(caseworker).release_id
    with pytest.raises(Refused):
        release(duty_manager, earlier)
    with pytest.raises(Invalid):
        release(duty_manager, latest, reason=" ")
    assert release(duty_manager, latest).status == EscalationStatus.RELEASED
    assert Release.objects.get(pk=latest).field_names == ["message"]


def test_confidence_can_be_kept(mine, caseworker, duty_manager) -> None:
    concern = raise_it(mine, caseworker)
    with pytest.raises(Refused):
        escalations.keep_confidential(actor=caseworker.actor, escalation_id=concern.pk, reason="No risk.")
    kept = escalations.keep_confidential(
        actor=duty_manager.actor, escalation_id=concern.pk, reason="No risk."
    )
    assert kept.status == EscalationStatus.KEPT


def test_nothing_of_it_is_noted_where_the_force_could_read_it(mine, caseworker, met, incident) -> None:
    write(mine, caseworker)
    raise_it(mine, caseworker)
    about = AuditEvent.objects.filter(target__in=["textsafe.Conversation", "textsafe.Escalation"])
    assert about.exists()
    assert not about.filter(incident_id=incident.pk).exists()
    assert not about.filter(organisation_id=met.pk).exists()
    assert not about.filter(on_behalf_of_id=met.pk).exists()
