"""The link by text: to a number that is safe, once; and whom each service lets be asked."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from families.helpline import services as helpline
from families.helpline.voice import contact_voice
from families.services import members, points
from families.voice import family_voice
from foundation.access import Refused
from foundation.messaging.enums import Channel, MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.services.suppression import suppress
from foundation.messaging.types import Settlement
from missingcases.voice import links, services
from missingcases.voice.models import Invitation
from tests.families.conftest import MOTHERS
from tests.missingcases.voice.conftest import asked_of, link_of, said_yes, talk_of
from textsafe.models import Conversation
from textsafe.voice import textsafe_voice

pytestmark = pytest.mark.django_db


def test_the_link_goes_once_to_a_safe_number_and_is_kept_as_a_hash_alone(
    invitation, mother, family_worker
) -> None:
    [way] = asked_of(family_worker, mother).ways
    sent = services.send_link(actor=family_worker.actor, invitation_id=invitation.pk, way=way.id)
    message = Message.objects.get(service="voice")
    token = message.body.rstrip("/").rpartition("/")[2]
    assert (message.to, sent.status, sent.token_hash) == (MOTHERS, "sent", links.hash_of(token))
    assert "missing" not in message.body.partition(" http")[0].lower()
    assert len(message.body) <= 160
    assert token not in str(Invitation.objects.values().get())
    assert services.check(invitation.pk) is None
    with pytest.raises(Refused):
        services.send_link(actor=family_worker.actor, invitation_id=invitation.pk, way=way.id)


def test_in_welsh_the_text_is_welsh_and_leads_to_the_welsh_page(mother, family_worker) -> None:
    row = said_yes(family_worker, mother, language="cy")
    [way] = asked_of(family_worker, mother).ways
    services.send_link(actor=family_worker.actor, invitation_id=row.pk, way=way.id)
    body = Message.objects.get(service="voice").body
    assert body.startswith("Dywedoch")
    assert "/cy/how-it-was/" in body


HOLDS = {
    "unsafe": lambda who, whom: points.mark_unsafe(
        actor=who.actor, point_id=whom.points.get().pk, why="He reads it."
    ),
    "blocked": lambda who, whom: members.block_member(actor=who.actor, member_id=whom.pk, why="Not her."),
    "stop": lambda who, whom: suppress(
        actor=who.actor, service="families", channel=Channel.SMS, to=MOTHERS, cause="stop"
    ),
}


@pytest.mark.parametrize("hold", HOLDS)
def test_a_number_that_is_unsafe_gets_nothing_at_the_button_nor_at_the_send(
    hold, mother, family_worker
) -> None:
    row = said_yes(family_worker, mother)
    way = mother.points.get().pk
    HOLDS[hold](family_worker, mother)
    with pytest.raises(Refused):
        services.send_link(actor=family_worker.actor, invitation_id=row.pk, way=way)
    found = family_voice.find(family_worker.actor, mother.reference)
    assert found is None or found.ways == ()
    assert not Message.objects.filter(service="voice").exists()


@pytest.mark.parametrize("hold", [*HOLDS, "over"])
def test_what_has_become_unsafe_meanwhile_does_not_go(hold, invitation, mother, family_worker) -> None:
    way = mother.points.get().pk
    services.send_link(actor=family_worker.actor, invitation_id=invitation.pk, way=way)
    if hold == "over":
        services.withdraw(actor=family_worker.actor, invitation_id=invitation.pk)
    else:
        HOLDS[hold](family_worker, mother)
    assert services.check(invitation.pk) is not None
    assert services.check(0) is not None


def test_how_the_text_fared_is_told_and_a_lost_one_can_be_shown_instead(
    invitation, mother, family_worker
) -> None:
    way = mother.points.get().pk
    row = services.send_link(actor=family_worker.actor, invitation_id=invitation.pk, way=way)
    old, at = row.token_hash, timezone.now()
    for status in (MessageStatus.FAILED, MessageStatus.DELIVERED, MessageStatus.FAILED):
        services.settle([Settlement(row.message_id, "voice.Invitation", row.pk, status, at)])
    row.refresh_from_db()
    assert (row.delivered_at, row.failed_at) == (at, None)
    first = link_of(family_worker, row)
    second = link_of(family_worker, row)
    row.refresh_from_db()
    assert len({old, links.hash_of(first), links.hash_of(second)}) == 3
    assert (row.status, row.token_hash) == ("shown", links.hash_of(second))
    message = Message.objects.get(service="voice")
    assert (message.status, message.to, message.body) == ("cancelled", "", "")


def test_who_wrote_can_be_texted_until_the_number_is_erased_or_stopped(caseworker, kent_officer) -> None:
    talk = talk_of(caseworker)
    assert textsafe_voice.find(kent_officer.actor, talk.reference) is None
    asked = textsafe_voice.named(caseworker.actor, talk.pk)
    assert [way.words for way in asked.ways] == ["The number they wrote from, which ends in 321"]
    assert (asked.language, asked.incident_id) == ("en", None)
    row = services.ask(
        actor=caseworker.actor, asked=asked, respondent="child", asked_in="text", said_yes=True
    )
    services.send_link(actor=caseworker.actor, invitation_id=row.pk, way=talk.pk)
    assert Message.objects.get(service="voice").to == talk.number
    assert textsafe_voice.may_text(talk.pk, talk.pk + 1) is not None
    Conversation.objects.update(number="", number_erased_at=timezone.now())
    assert services.check(row.pk).code == "gone"
    assert textsafe_voice.named(caseworker.actor, talk.pk).ways == ()


@pytest.mark.parametrize(
    ("caller", "kinds"),
    [
        ("relative", {"family"}),
        ("missing_person", {"adult", "child"}),
        ("friend", {"adult", "child", "family"}),
    ],
)
def test_whoever_rang_is_asked_while_they_talk(caller, kinds, caseworker, kent_officer) -> None:
    contact = helpline.begin_contact(
        actor=caseworker.actor, channel="call", caller=caller, form_token=uuid4(), is_anonymous=True
    )
    asked = contact_voice.find(caseworker.actor, contact.reference)
    assert set(asked.respondents) == kinds
    assert asked.ways == ()
    assert contact_voice.named(kent_officer.actor, contact.pk) is None
    row = services.ask(
        actor=caseworker.actor, asked=asked, respondent=sorted(kinds)[0], asked_in="call", said_yes=True
    )
    with pytest.raises(Refused) as nowhere:
        services.send_link(actor=caseworker.actor, invitation_id=row.pk, way=1)
    assert nowhere.value.refusal.code == "gone"
