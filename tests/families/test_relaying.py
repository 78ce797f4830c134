"""Messages home on their last way: word for word, to somebody certain, without where they came from."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from families.models import ContactRecord, Told
from families.services import cases, members, points, relaying
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Message
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.models import MessageHome
from tests.families.conftest import share

pytestmark = pytest.mark.django_db
WORDS = "I am alive and I think of you."


def take(who, **given: Any) -> MessageHome:
    asked: dict[str, Any] = {
        "for_whom": "my mum", "words": WORDS, "consent": True, "disclose_location": "no",
        "source": "helpline.HelplineContact", "source_id": 77,
    }  # fmt: skip
    return messages_home.take_message(actor=who.actor, **(asked | given))


@pytest.fixture
def carried(mother, family_worker) -> MessageHome:
    return messages_home.begin_passing(actor=family_worker.actor, message_id=take(family_worker).pk)


def relay(who, message, whom, **given: Any) -> Told:
    asked: dict[str, Any] = {"channel": "call", "form_token": uuid4()}
    return relaying.relay(actor=who.actor, message_id=message.pk, member_id=whom.pk, **(asked | given))


def certain(who, whom) -> None:
    members.check_identity(actor=who.actor, member_id=whom.pk, method="in_person")


def test_it_is_told_once_word_for_word_to_somebody_certain(carried, mother, family_worker) -> None:
    with pytest.raises(Refused):
        relay(family_worker, carried, mother)
    certain(family_worker, mother)
    token = uuid4()
    first, again = (relay(family_worker, carried, mother, form_token=token) for _ in range(2))
    assert first == again
    assert (first.words, first.source_reference) == (WORDS, carried.reference)
    carried.refresh_from_db()
    assert carried.status == "passed"
    with pytest.raises(Refused):
        relay(family_worker, carried, mother)


def test_only_whoever_carries_it_passes_it_on(carried, mother, family_worker, second_worker) -> None:
    certain(family_worker, mother)
    with pytest.raises(Refused):
        relay(second_worker, carried, mother)
    carried.pk = 0
    with pytest.raises(NotVisible):
        relay(family_worker, carried, mother)


def test_a_text_is_of_just_these_words_and_goes_only_where_it_is_safe(carried, mother, family_worker) -> None:
    certain(family_worker, mother)
    point = points.mark_unsafe(actor=family_worker.actor, point_id=mother.points.get().pk, why="He reads it.")
    with pytest.raises(Invalid):
        relay(family_worker, carried, mother, channel="text")
    assert not Told.objects.exists()
    points.mark_safe(actor=family_worker.actor, point_id=point.pk, reason="A new phone.")
    relay(family_worker, carried, mother, channel="text")
    assert (Message.objects.get().body, ContactRecord.objects.get().words) == (WORDS, WORDS)


def test_a_message_of_an_incident_is_for_its_family(
    case, incident, mother, family_worker, met_officer, charity
) -> None:
    certain(family_worker, mother)
    message = take(family_worker, incident_id=incident.pk)
    messages_home.begin_passing(actor=family_worker.actor, message_id=message.pk)
    with pytest.raises(Invalid):
        relay(family_worker, message, mother)
    share(incident, met_officer, charity)
    cases.link_incident(actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference)
    assert relay(family_worker, message, mother)


def test_it_gives_nobody_away(case, mother, father, family_worker) -> None:
    certain(family_worker, mother)
    members.set_bond(
        actor=family_worker.actor, case_id=case.pk, first_id=mother.pk, second_id=father.pk,
        kind="separated", in_conflict=True, why="An order.",
    )  # fmt: skip
    message = take(family_worker, words="I am with Peter.")
    messages_home.begin_passing(actor=family_worker.actor, message_id=message.pk)
    with pytest.raises(Invalid):
        relay(family_worker, message, mother)


def test_a_worker_takes_one_and_passes_it_on_by_its_page(client, mother, family_worker) -> None:
    page, message = family_worker.sign_in(client), take(family_worker)

    def at(name: str) -> str:
        return reverse(f"families:{name}", args=[message.reference])

    assert WORDS not in page.get(reverse("families:messages")).content.decode()
    page.post(at("message_take"))
    page.post(at("message_put_back"))
    page.post(at("message_take"))
    body = page.get(at("message")).content.decode()
    assert WORDS in body
    assert "Say nothing of where they are" in body
    # Nothing of where it came from stands on the page that is read out from.
    assert "HelplineContact" not in body
    certain(family_worker, mother)
    page.post(at("message"), {"member": mother.pk, "channel": "call", "form_token": str(uuid4())})
    assert Told.objects.get().member == mother
    assert page.post(at("message"), {"member": mother.pk, "channel": "call"}).status_code == 422
    other = take(family_worker)
    page.post(reverse("families:message_could_not", args=[other.reference]), {"reason": "Nobody reached."})
    other.refresh_from_db()
    assert other.status == "could_not"
