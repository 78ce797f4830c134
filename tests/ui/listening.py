"""Whoever turned to the charity by themselves, as their pages show it, and shifts that are handed over."""

from __future__ import annotations

from uuid import uuid4

from families.handover import services as handovers
from families.helpline import services as helpline
from families.say_something import services as say_something
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.models import Incident
from tests.ui.voices import asked_how_it_was


def heard_and_handed_over(worker: Actor, manager: Actor, incident: Incident) -> None:
    """A contact, an account and a handover for each thing that can be done with one."""
    _contacts(worker, incident)
    _accounts(worker)
    _handovers(worker, manager)
    asked_how_it_was(worker)


def _contacts(worker: Actor, incident: Incident) -> None:
    def rings(channel: str = "call") -> int:
        said = {"channel": channel, "caller": "missing_person", "form_token": uuid4()}
        return helpline.begin_contact(actor=worker, **said, notes="Cold.").pk

    rings()
    rings("email")
    wished, against = rings(), rings()
    helpline.link_contact(actor=worker, contact_id=wished, reference=incident.reference, ground="wish")
    given = {"actor": worker, "contact_id": against}
    helpline.link_contact(**given, reference=incident.reference, ground="serious_harm", reason="Hurt.")
    helpline.raise_concern(**given, concern="Somebody hurts him.", is_threat_to_life=True)
    helpline.record_three_way(**given, on_the_line=["police", "relative"], consented=True, agreed="To speak.")
    helpline.take_message_home(
        **given, for_whom="Mum", words="I am warm.", consent=True, disclose_location="no"
    )


def _accounts(worker: Actor) -> None:
    def told(words: str) -> int:
        given = {"words": words, "kind": "sexual", "place": "The quay", "is_urgent": True}
        return say_something.take_call(actor=worker, form_token=uuid4(), **given).pk

    told("To be read.")
    say_something.set_aside(actor=worker, account_id=told("Nothing."), reason="Nothing to go on.")
    met = Organisation.objects.get(code="metropolitan")
    say_something.raise_intelligence(
        actor=worker,
        account_id=told("They make him sell."),
        kind="criminal",
        force_id=met.pk,
        is_urgent=True,
        rang_999=True,
    )


def _handovers(worker: Actor, manager: Actor) -> None:
    begun = handovers.begin_handover(actor=worker, incoming_id=manager.user_id or 0)
    handovers.sign_out(actor=worker, handover_id=begun.pk, seen=begun.version)
    handovers.begin_handover(actor=manager, incoming_id=worker.user_id or 0)
