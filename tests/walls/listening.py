"""One of everything that the helpline hears by itself."""

from __future__ import annotations

from uuid import uuid4

from families.handover import services as handovers
from families.helpline import services as helpline
from families.say_something import services as say_something
from missingcases.models import Incident
from tests.cast import Member


def heard_by(incident: Incident, caseworker: Member, words: str) -> dict[str, str]:
    """The reference for each page of the helpline's contacts, by the page's name; elsewhere the contact's."""
    actor = caseworker.actor
    contact = helpline.begin_contact(
        actor=actor,
        channel="call",
        caller="missing_person",
        form_token=uuid4(),
        is_anonymous=False,
        name=words,
        reach_by=words,
        notes=words,
    )
    given = {"actor": actor, "contact_id": contact.pk}
    concern = helpline.raise_concern(**given, concern=words, is_threat_to_life=True)
    helpline.link_contact(**given, reference=incident.reference, ground="serious_harm", reason=words)
    helpline.record_three_way(
        **given, on_the_line=["missing_person", "relative"], consented=True, agreed=words.replace("1", "")
    )
    helpline.take_message_home(**given, for_whom=words, words=words, consent=True, disclose_location="no")
    return {"": contact.reference, **dict.fromkeys(("concern", "concern_take"), concern.reference)}


def handed_over(caseworker: Member, manager: Member, words: str) -> str:
    """The reference of a shift handover that waits for its second signature."""
    given = {"actor": caseworker.actor}
    begun = handovers.begin_handover(**given, incoming_id=manager.user.pk)
    kept = handovers.save_notes(**given, handover_id=begun.pk, version=1, note=words, notes={})
    return handovers.sign_out(**given, handover_id=begun.pk, seen=kept.version).reference


def told_by_somebody(caseworker: Member, words: str) -> str:
    """The reference of what somebody who stays unknown told."""
    given = {"words": words, "kind": "sexual", "place": words, "is_urgent": True}
    return say_something.take_call(actor=caseworker.actor, form_token=uuid4(), **given).reference
