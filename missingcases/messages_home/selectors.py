"""Messages home, for the charity that took them and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.enums import DiscloseLocation
from missingcases.messages_home.enums import MessageStatus
from missingcases.messages_home.models import MessageHome
from missingcases.messages_home.policies import may_take

OPEN = (MessageStatus.TAKEN, MessageStatus.PASSING)
_OF_THE_PLACE = {
    DiscloseLocation.YES: "Where they are may be told, if you know it and are asked.",
    DiscloseLocation.NO: "Say nothing of where they are, nor that anybody knows.",
    DiscloseLocation.SAFE_AND_WELL_MESSAGE_ONLY: (
        "Tell only the message and that they are safe and well. Say nothing of where they are."
    ),
}


def visible_to(actor: Actor) -> QuerySet[MessageHome]:
    """The messages of the actor's charity; none for police, authorities and whoever else."""
    if may_take(actor) is not None:
        return MessageHome.objects.none()
    return MessageHome.objects.filter(charity_id=actor.organisation_id or 0).select_related("carrier")


def waiting(actor: Actor) -> QuerySet[MessageHome]:
    """What is still to be passed on, the first to be late first."""
    return visible_to(actor).filter(status__in=OPEN).order_by("pass_by", "pk")


def for_incident(actor: Actor, incident_id: int) -> QuerySet[MessageHome]:
    """The messages of one incident, the newest first."""
    return visible_to(actor).filter(incident_id=incident_id)


def from_source(actor: Actor, source: str, source_id: int) -> QuerySet[MessageHome]:
    """The messages that were said in one record of the charity's."""
    return visible_to(actor).filter(source=source, source_id=source_id)


def message_named(actor: Actor, reference: str) -> MessageHome:
    """One message, whose words are then read; audited. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(
        actor=actor,
        action="message_home.read",
        target=found,
        incident_id=found.incident_id,
        fields=["words"],
        outside_own_work=found.carrier_id not in {None, actor.user_id},
    )
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """All that a family may hear: no channel, no number, no time and no record it came from."""

    for_whom: str
    words: str
    of_the_place: str


def told_to_family(message: MessageHome) -> Told:
    """The message as it is read out, with what its carrier may say of the place."""
    wish = DiscloseLocation(message.disclose_location)
    return Told(message.for_whom, message.words, _OF_THE_PLACE[wish])
