"""The demonstration's contacts with the helpline: one of each way they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from families.helpline import services
from families.helpline.models import HelplineContact
from families.helpline.voice import contact_voice
from foundation.exceptions import NotVisible
from foundation.past import Agenda
from missingcases.demo import History
from missingcases.models import Incident
from missingcases.voice import services as voice

WORKER, MANAGER, NIGHT = "charity.caseworker", "charity.manager", "charity.night"


class Calls:
    """Acts of the helpline, each contact by a key."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.ids: dict[str, int] = {}

    def begin(self, key: str, channel: str, caller: str, who: str = WORKER, **known: object) -> None:
        """Somebody turns to us."""
        contact = services.begin_contact(
            actor=self.history.actor(who),
            channel=channel,
            caller=caller,
            form_token=UUID(int=self.history.chance.getrandbits(128)),
            is_anonymous=not known,
            **known,  # type: ignore[arg-type]
        )
        self.ids[key] = contact.pk

    def write(self, key: str, notes: str, **answers: str) -> None:
        """What was said."""
        contact = HelplineContact.objects.get(pk=self.ids[key])
        services.save_notes(
            actor=self.history.actor(WORKER),
            contact_id=contact.pk,
            version=contact.version,
            notes=notes,
            answers=answers,
        )

    def act(self, verb: Callable[..., object], key: str, who: str = WORKER, **given: object) -> None:
        """Any other act on the contact."""
        verb(actor=self.history.actor(who), contact_id=self.ids[key], **given)

    def link(self, key: str, case: str, ground: str, reason: str = "") -> None:
        """Ask for a link with an incident of the demonstration."""
        reference = Incident.objects.get(pk=self.history.incidents[case]).reference
        self.act(services.link_contact, key, reference=reference, ground=ground, reason=reason)

    def say_how_it_was(self, key: str, who: str) -> None:
        """They agree to be asked how it was, and have their link from NIGHT."""
        actor = self.history.actor(who)
        asked = contact_voice.named(actor, self.ids[key])
        if asked is None:
            raise NotVisible(key)
        row = voice.ask(actor=actor, asked=asked, respondent="adult", asked_in="call", said_yes=True)
        if who == NIGHT:
            voice.show_link(actor=actor, invitation_id=row.pk)


def plan(agenda: Agenda, history: History) -> None:
    """Put the contacts on the agenda, beside the incidents that the charity knows of."""
    calls = Calls(history)

    def ago(minutes: float, step: Callable[[], object]) -> None:
        agenda.ago(step, minutes=minutes)

    ago(95, lambda: calls.begin("girl", "call", "missing_person"))
    ago(
        94,
        lambda: calls.write(
            "girl",
            "In a bus shelter since midnight, cold. Does not want to go back tonight. Asked whether her "
            "sister may know that she is alive.",
            safe_now="yes",
            under_18="yes",
            alone="yes",
            place_tonight="no",
        ),
    )
    ago(
        90,
        lambda: calls.act(
            services.take_message_home,
            "girl",
            for_whom="my sister",
            words="I am alive and I think of you. I will ring when I can.",
            consent=True,
            disclose_location="no",
        ),
    )
    ago(
        85,
        lambda: calls.act(
            services.record_three_way,
            "girl",
            on_the_line=["missing_person", "shelter"],
            consented=True,
            agreed="A bed for tonight. They keep the door open until one.",
        ),
    )
    ago(84, lambda: calls.link("girl", "freya", "wish"))
    ago(
        60,
        lambda: calls.begin("brother", "call", "relative", name="Her brother", reach_by="07700 900461"),
    )
    ago(
        55,
        lambda: calls.act(services.end_call, "brother", call_back_at=timezone.now() + timedelta(hours=3)),
    )
    ago(40, lambda: calls.begin("letter", "email", "friend", who=NIGHT, notes="Is she safe? I am worried."))
    ago(36, lambda: calls.say_how_it_was("letter", WORKER))
    ago(30, lambda: calls.begin("boy", "call", "missing_person"))
    ago(
        28,
        lambda: calls.write(
            "boy", "Somebody keeps his phone at night and sends him out.", made_to="yes", under_18="yes"
        ),
    )
    ago(
        26,
        lambda: calls.act(
            services.raise_concern,
            "boy",
            concern="He is sent out at night and is afraid of the man he stays with.",
            is_threat_to_life=False,
        ),
    )
    ago(25, lambda: calls.link("boy", "ewan", "serious_harm", "A child is made to go out at night."))
    ago(2000, lambda: calls.begin("lost", "in_person", "unknown", who=NIGHT))
    ago(1994, lambda: calls.say_how_it_was("lost", NIGHT))
    ago(1990, lambda: calls.act(services.close_contact, "lost", who=NIGHT, reason="Shown the way home."))
