"""Somebody who answers a text asks us to tell their family something."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.access import Refused
from missingcases.messages_home.models import MessageHome
from tests.textsafe.conftest import approve, ask, comes_in
from textsafe.models import Conversation
from textsafe.services.messages_home import take_message_home

pytestmark = pytest.mark.django_db
SAID = {"for_whom": "my mum", "words": "I am warm.", "disclose_location": "no"}


@pytest.fixture
def conversation(incident, met_officer, caseworker) -> Conversation:
    request = approve(ask(incident, met_officer.actor), caseworker.actor)
    type(request).objects.filter(pk=request.pk).update(sent_at=request.requested_at)
    comes_in("can you tell my mum")
    return Conversation.objects.get()


def test_it_is_kept_word_for_word_with_their_incident(conversation, incident, caseworker) -> None:
    client = caseworker.sign_in(Client())
    page = reverse("textsafe:message_home", args=[conversation.reference])
    talk = reverse("textsafe:conversation", args=[conversation.reference])
    assert (
        page in client.get(reverse("textsafe:conversation", args=[conversation.reference])).content.decode()
    )
    assert client.get(page).status_code == 200
    failed = client.post(page, SAID)
    assert failed.status_code == 422
    assert "I am warm." in failed.content.decode()
    assert client.post(page, {**SAID, "consent": "on"}).status_code == 302
    kept = MessageHome.objects.get()
    assert (kept.words, kept.incident_id, kept.source_id) == ("I am warm.", incident.pk, conversation.pk)
    shown = client.get(talk).content.decode()
    assert kept.reference in shown


def test_the_force_neither_takes_nor_sees_it(conversation, met_officer) -> None:
    with pytest.raises(Refused):
        take_message_home(actor=met_officer.actor, conversation_id=conversation.pk, **SAID, consent=True)
    page = reverse("textsafe:message_home", args=[conversation.reference])
    assert met_officer.sign_in(Client()).get(page).status_code == 403
