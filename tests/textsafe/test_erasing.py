"""Ninety days after closure the number is nowhere any more, in no table of the product."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.fields import EncryptedTextField
from foundation.messaging import services as messaging
from foundation.messaging.enums import MessageStatus, RawKind
from foundation.messaging.models import Inbound, Message, RawCallback
from missingcases import services as cases
from missingcases.models import Phone
from missingcases.retention.services import erase_due, holding
from tests.cast import member
from tests.textsafe.conftest import NUMBER, approve, ask, grade, later, locate
from textsafe.enums import ConversationStatus, TriageStatus
from textsafe.models import Conversation, ConversationMessage, Request, TriageItem
from textsafe.services import due

pytestmark = pytest.mark.django_db
# The force's own record of the person is kept by the force's own rule.
POLICE_RECORD = {"missingcases.Phone"}


def tables_with(text: str) -> set[str]:
    """Models of ours in whose encrypted or plain text `text` can be read."""
    found = set()
    for model in apps.get_models():
        fields = [f.name for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            if any(text in str(value) for value in row):
                found.add(model._meta.label)
    return found - POLICE_RECORD


@pytest.fixture
def texted(incident, met_officer, met_supervisor, caseworker) -> Request:
    """A text that went to a person and was answered, on an incident that then ended."""
    grade(incident, met_supervisor.actor)
    row = ask(incident, met_officer.actor)
    if row.status != "approved":
        row = approve(row, caseworker.actor)
    due.release_due()
    row.refresh_from_db()
    return row


def sent(row: Request, provider_id: str) -> Message:
    """The row as it is after the provider has delivered it."""
    Message.objects.filter(pk=row.message_id).update(
        status=MessageStatus.DELIVERED, claimed_at=timezone.now(), sent_at=timezone.now(),
        delivered_at=timezone.now(), provider_id=provider_id,
    )  # fmt: skip
    return Message.objects.get(pk=row.message_id)


def test_everything_that_held_the_number_forgets_it(texted: Request, clock, met_officer) -> None:
    message = sent(texted, "SM" + "1" * 32)
    body = f"MessageSid=SM{'2' * 32}&From=%2B447700900123&To=%2B447700900000&Body=are+you+there"
    with transaction.atomic():
        raw = RawCallback.objects.create(
            provider="twilio", kind=RawKind.INBOUND, body=body, signature_ok=True,
            received_at=timezone.now(), due_at=timezone.now(), processed_at=timezone.now(),
        )  # fmt: skip
    inbound = Inbound.objects.create(
        raw=raw, provider_id="SM" + "2" * 32, sender=NUMBER, sender_key=message.to_key, to="+447700900000",
        body="are you there", service="textsafe", message=message, received_at=timezone.now(),
        due_at=timezone.now(), handed_at=timezone.now(),
    )  # fmt: skip
    assert {"textsafe.Request", "messaging.Message", "messaging.Inbound"} <= tables_with(NUMBER)
    locate(texted.incident, met_officer.actor)

    later(clock, days=89)
    erase_due()
    assert "messaging.Message" in tables_with(NUMBER)
    later(clock, days=2)
    erase_due()

    assert tables_with(NUMBER) == set()
    assert tables_with("are you there") == set()
    assert "447700900123" not in str(list(RawCallback.objects.values_list("body", flat=True)))
    kept = Message.objects.get(pk=message.pk)
    assert kept.to_key == ""
    assert (kept.status, kept.delivered_at) == (MessageStatus.DELIVERED, message.delivered_at)
    assert Inbound.objects.get(pk=inbound.pk).sender_key == ""
    assert erase_due() == 0


def test_a_legal_hold_of_the_force_that_asked_keeps_the_number_and_the_charitys_keeps_its_own(
    texted: Request, clock, met_officer, auditor
) -> None:
    sent(texted, "SM" + "1" * 32)
    locate(texted.incident, met_officer.actor)
    later(clock, days=91)
    given = {"reason": "An inquest.", "review_on": timezone.localdate() + timedelta(days=9)}
    dpo = member("dpo@met.example", "Dee", met_officer.organisation, Role.AUDITOR)
    holding.place_hold(actor=auditor.actor, reference="", **given)
    hold = holding.place_hold(actor=dpo.actor, reference=texted.incident.reference, **given)
    erase_due()
    assert "textsafe.Request" in tables_with(NUMBER)

    holding.lift_hold(actor=dpo.actor, hold_id=hold.pk, reason="It is over.")
    erase_due()
    assert "textsafe.Request" not in tables_with(NUMBER)


def test_the_forces_own_record_of_the_number_is_not_touched(texted: Request, clock, met_officer) -> None:
    phone = cases.add_phone(
        actor=met_officer.actor,
        incident_id=texted.incident_id,
        phone=cases.PhoneDetails(number="+447700900188", kind="mobile"),
    )
    sent(texted, "SM" + "1" * 32)
    locate(texted.incident, met_officer.actor)
    later(clock, days=91)
    erase_due()

    assert Phone.objects.get(pk=phone.pk).number == "+447700900188"


def test_what_nobody_knows_the_outcome_of_is_kept_until_it_is_settled(
    texted: Request, clock, met_officer
) -> None:
    sent(texted, "SM" + "1" * 32)
    Message.objects.filter(pk=texted.message_id).update(
        status=MessageStatus.UNKNOWN, unknown_since=timezone.now()
    )
    locate(texted.incident, met_officer.actor)
    later(clock, days=91)
    erase_due()

    assert Message.objects.get(pk=texted.message_id).to == NUMBER
    texted.refresh_from_db()
    assert texted.number == NUMBER

    sent(texted, "SM" + "1" * 32)
    erase_due()
    assert tables_with(NUMBER) == set()


def test_a_closed_conversation_and_an_unknown_text_forget_the_number_and_the_messages_with_it(
    clock, charity, caseworker
) -> None:
    """The words of a conversation are kept by the charity's own schedule; the number is not."""
    now = timezone.now()
    answered, unknown = (
        Inbound.objects.create(
            raw=RawCallback.objects.create(
                provider="twilio",
                kind=RawKind.INBOUND,
                body=f"From={NUMBER}",
                signature_ok=True,
                received_at=now,
                due_at=now,
                processed_at=now,
            ),
            provider_id=provider_id,
            sender=NUMBER,
            sender_key="key",
            to="+447700900000",
            body="hi",
            service="textsafe",
            received_at=now,
            due_at=now,
            handed_at=now,
        )
        for provider_id in ("SM1", "SM2")
    )
    conversation = Conversation.objects.create(
        charity=charity,
        number=NUMBER,
        number_key="key",
        opened_at=now,
        status=ConversationStatus.CLOSED,
        closed_at=now,
    )
    text = ConversationMessage.objects.create(
        conversation=conversation, direction="in", text="hi", at=now, inbound_id=answered.pk
    )
    TriageItem.objects.create(
        charity=charity,
        number=NUMBER,
        number_key="key",
        text="hi",
        inbound_id=unknown.pk,
        received_at=now,
        look_by=now,
        status=TriageStatus.SET_ASIDE,
        handled_by=caseworker.user,
        handled_at=now,
    )
    later(clock, days=91)

    erase_due()

    assert tables_with(NUMBER) == set()
    text.refresh_from_db()
    assert text.text == "hi"


def test_calls_of_the_provider_are_forgotten_after_ninety_days(clock) -> None:
    raw = messaging.store_raw(provider="twilio", kind="status", body="To=%2B447700900123", signature_ok=True)
    RawCallback.objects.filter(pk=raw.pk).update(processed_at=timezone.now())
    later(clock, days=89)
    assert messaging.forget_calls() == 0
    later(clock, days=2)

    assert messaging.forget_calls() == 1

    raw.refresh_from_db()
    assert (raw.body, raw.kind, raw.signature_ok) == ("", "status", True)
    assert messaging.forget_calls() == 0
