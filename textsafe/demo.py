"""The demonstration's texts: a request in every state, conversations with the clock running, triage."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from uuid import UUID

from foundation.messaging import demo as provider
from foundation.past import Agenda, Step
from missingcases.demo import History
from missingcases.models import Incident, Phone
from textsafe import questions
from textsafe.enums import AgeGroup, Summary
from textsafe.models import Conversation, Request, TriageItem
from textsafe.services import conversations, escalations, requests, screening, triage, wordings

SAFE = {
    "verified": "yes",
    "place": "with_person",
    "held_by": "person",
    "read_by_others": "no",
    "wants_no_contact": "no",
}
WORKER, MANAGER, SECOND = "charity.caseworker", "charity.manager", "charity.night"
LONG_ENOUGH = 4  # hours missing, so that a text was worth asking for
NEW_WORDING = (
    "Whatever has happened, you can talk to us. Missing People is free and confidential, day or night. "
    "Call or text 116000. Reply STOP to end."
)


class Texts:
    """The steps, by the keys of `missingcases.demo`."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.requests: dict[str, int] = {}
        self.chance = random.Random(116_000)  # noqa: S311 - the same world every time

    def ask(self, key: str, **answers: str) -> None:
        """The force's officer asks."""
        owner = Incident.objects.values_list("owner__code", flat=True).get(pk=self.history.incidents[key])
        officer = {"metropolitan": "met.officer", "kent": "kent.officer", "essex": "essex.inspector"}[owner]
        request = requests.ask_for_text(
            actor=self.history.actor(officer),
            incident_id=self.history.incidents[key],
            form_token=UUID(int=self.chance.getrandbits(128)),
            phone_id=self.history.phones[key],
            number="",
            answers=questions.clean(SAFE | answers),
        )
        self.requests[key] = request.pk

    def approve(self, key: str) -> Request:
        """The charity approves."""
        request = Request.objects.get(pk=self.requests[key])
        return screening.approve_request(
            actor=self.history.actor(WORKER),
            request_id=request.pk,
            age_group=request.age_group or AgeGroup.ADULT,
            language=request.language,
            seen=[summary.value for summary in Summary],
        )

    def send(self, key: str) -> None:
        """The charity approves and the provider takes it."""
        message_id = self.approve(key).message_id
        if message_id is not None:  # None: it waits for the end of quiet hours, as low risk does
            provider.was_sent(message_id)

    def refuse(self, key: str, code: str) -> None:
        """The charity refuses."""
        screening.refuse_request(
            actor=self.history.actor(WORKER), request_id=self.requests[key], code=code, reason=""
        )

    def receipt(self, key: str) -> None:
        """The phone has it."""
        if self._message(key):
            provider.was_received(self._message(key))

    def bounce(self, key: str) -> None:
        """The carrier could not bring it to the phone."""
        if self._message(key):
            provider.was_undeliverable(self._message(key))

    def _message(self, key: str) -> int:
        return Request.objects.get(pk=self.requests[key]).message_id or 0

    def write(self, key: str, text: str) -> None:
        """The person writes."""
        phone = Phone.objects.get(pk=self.history.phones[key])
        provider.wrote_to_us(phone.number, text)

    def claim(self, key: str) -> None:
        """A caseworker takes the conversation."""
        conversations.claim_conversation(
            actor=self.history.actor(WORKER), conversation_id=self.conversation(key).pk
        )

    def answer(self, key: str, text: str) -> None:
        """A caseworker answers, and the answer arrives."""
        row = conversations.answer(
            actor=self.history.actor(WORKER),
            conversation_id=self.conversation(key).pk,
            text=text,
            form_token=UUID(int=self.chance.getrandbits(128)),
        )
        provider.was_sent(row.message_id or 0)
        provider.was_received(row.message_id or 0)

    def conversation(self, key: str) -> Conversation:
        """The conversation about that request."""
        return Conversation.objects.get(request_id=self.requests[key])

    def worry(self, key: str, concern: str, *, is_threat_to_life: bool) -> None:
        """A caseworker puts a concern before the duty manager."""
        escalations.raise_concern(
            actor=self.history.actor(WORKER),
            conversation_id=self.conversation(key).pk,
            concern=concern,
            is_threat_to_life=is_threat_to_life,
        )

    def release(self, key: str, words: str) -> None:
        """A threat to life goes to the force: words by one manager, approved by another."""
        concern = self.conversation(key).escalations.latest("pk")
        manager, second = self.history.actor(MANAGER), self.history.actor(SECOND)
        escalations.take_concern(actor=manager, escalation_id=concern.pk)
        concern = escalations.propose_words(
            actor=manager, escalation_id=concern.pk, text=words, reason="They wrote of ending their life."
        )
        escalations.release_to_force(
            actor=second,
            escalation_id=concern.pk,
            release_id=concern.release_id or 0,
            reason="Life is at risk; they were told that we would pass this on.",
        )

    def close(self, key: str) -> None:
        """The conversation has come to its end."""
        conversations.close_conversation(
            actor=self.history.actor(WORKER),
            conversation_id=self.conversation(key).pk,
            reason="They are home and have our number.",
        )

    def draft(self) -> None:
        """A caseworker drafts a wording, which waits for a manager."""
        wordings.draft_wording(
            actor=self.history.actor(WORKER), age_group=AgeGroup.CHILD, language="en", text=NEW_WORDING
        )

    def set_aside(self) -> None:
        """A wrong number."""
        item = TriageItem.objects.latest("pk")
        triage.set_aside(
            actor=self.history.actor(WORKER), item_id=item.pk, reason="Wrong number; asked for a taxi."
        )


def _story(t: Texts) -> Iterator[tuple[float, Step]]:
    """Minutes before now, and what happened then."""
    for key, asked, sent in SENT:
        yield asked, partial(t.ask, key)
        yield sent, partial(t.send, key)
    for key, minutes in RECEIVED:
        yield minutes, partial(t.receipt, key)
    yield 398, partial(t.bounce, "ruby")
    for key, minutes, words in WRITTEN:
        yield minutes, partial(t.write, key, words)
    for key, minutes, words in ANSWERED:
        yield minutes + 2, partial(t.claim, key)
        yield minutes, partial(t.answer, key, words)
    yield 1500, partial(t.ask, "marlon", held_by="other")
    yield 1480, partial(t.refuse, "marlon", "unsafe")
    yield 42, partial(t.ask, "hamid", held_by="not_known", verified="not_known")
    yield 12, partial(t.ask, "josie")
    yield 9, partial(t.ask, "nadine", read_by_others="yes")
    yield 260, partial(t.ask, "owen")
    # Still in the queue when it is made: the sandbox's phone gets this one.
    yield 20, partial(t.ask, "jack")
    yield 0.5, partial(t.approve, "jack")
    yield 2700, partial(t.close, "viktor")
    yield 25, partial(t.worry, "shanice", SHANICE, is_threat_to_life=False)
    yield 110, partial(t.worry, "ewan", "He writes that he is by the water.", is_threat_to_life=True)
    yield 40, partial(t.release, "ewan", "He wrote that he is by the water at the heath and will not wait.")
    yield 300, partial(provider.wrote_to_us, "+447700900191", "Taxi for 2 from the Crown please")
    yield 280, t.set_aside
    yield (
        47,
        partial(provider.wrote_to_us, "+447700900192", "my mate is gone. i have his phone. what now"),
    )
    yield 500, t.draft


SHANICE = "She is in a room that she may not leave. She does not know the street."
# Request, minutes ago it was asked for and sent.
SENT = (
    ("tom", 200, 190),
    ("shanice", 1000, 980),
    ("viktor", 2900, 2890),
    ("ewan", 500, 495),
    ("leah", 18, 14),
    ("ruby", 410, 400),
    ("freya", 1200, 1190),
    ("lotte", 2000, 1990),
    ("zara", 1380, 1370),
)
RECEIVED = (
    ("tom", 189),
    ("shanice", 979),
    ("viktor", 2889),
    ("ewan", 494),
    ("freya", 1189),
    ("lotte", 1989),
    ("zara", 1369),
)
WRITTEN = (
    ("tom", 52, "is it ok if i dont go home tonight"),
    ("shanice", 900, "who is this"),
    ("shanice", 30, "he says i cant leave. dont ring"),
    ("viktor", 2860, "how do i tell my sister im ok without the police"),
    ("viktor", 2750, "thank you. i will ring her"),
    ("ewan", 120, "i cant do this any more. im by the water"),
    ("freya", 35, "can you pass something on to my mum"),
    ("lotte", 1900, "STOP"),
)
ANSWERED = (
    (
        "shanice",
        890,
        "This is Missing People. What you tell us stays with us. Are you safe to text?",
    ),
    (
        "viktor",
        2840,
        "We can pass a message on, word for word, and not say where you are.",
    ),
    ("ewan", 116, "I am glad you wrote. Will you stay where you are and keep texting with me?"),
)


def plan(agenda: Agenda, history: History) -> None:
    """Put the texts on the agenda, beside the incidents they belong to."""
    texts = Texts(history)
    for minutes, step in _story(texts):
        agenda.ago(step, minutes=minutes)
    for case in history.cases:
        if case.key.startswith("past") and case.phone and (case.found or 0) >= LONG_ENOUGH:
            for hours, act in ((2.0, texts.ask), (2.3, texts.send), (2.31, texts.receipt)):
                agenda.ago(partial(act, case.key), hours=case.hours - hours)
