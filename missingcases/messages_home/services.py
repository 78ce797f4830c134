"""The verbs of a message home. `from missingcases.messages_home import services as messages_home`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.enums import DiscloseLocation
from missingcases.messages_home import deadlines, selectors
from missingcases.messages_home.enums import MessageStatus
from missingcases.messages_home.models import MessageHome
from missingcases.messages_home.policies import may_take
from missingcases.messages_home.states import MESSAGE

LONGEST = 2_000


@transaction.atomic
def take_message(
    *,
    actor: Actor,
    for_whom: str,
    words: str,
    consent: bool,
    disclose_location: str,
    source: str,
    source_id: int,
    incident_id: int | None = None,
) -> MessageHome:
    """Take a message, word for word, from the record `source` (a model label) of that id.

    The caller answers for having read that record by right. Without the person's own `consent` to these
    words nothing is kept. Raises `Refused`, `Invalid`.
    """
    require(may_take(actor))
    problems = _problems(for_whom, words, disclose_location, consent=consent)
    if problems:
        raise Invalid(problems)
    now = timezone.now()
    message = MessageHome.objects.create(
        charity_id=actor.organisation_id or 0,
        incident_id=incident_id,
        for_whom=for_whom.strip(),
        words=words.strip(),
        disclose_location=disclose_location,
        consented_at=now,
        source=source,
        source_id=source_id,
        taken_by_id=actor.user_id or 0,
        taken_at=now,
        pass_by=deadlines.pass_by(now),
    )
    audit.record(
        actor=actor,
        action="message_home.taken",
        target=message,
        incident_id=incident_id,
        fields=["words", "for_whom", "disclose_location"],
    )
    return message


def _problems(for_whom: str, words: str, disclose_location: str, *, consent: bool) -> dict[str, str]:
    problems = {}
    if not for_whom.strip():
        problems["for_whom"] = "Say for whom the message is."
    if not words.strip():
        problems["words"] = "Write the message in the person's own words."
    elif len(words) > LONGEST:
        problems["words"] = f"Use {LONGEST:,} characters or fewer."
    if disclose_location not in DiscloseLocation.values:
        problems["disclose_location"] = "Ask what may be told of where they are."
    if not consent:
        problems["consent"] = "Read the words back to the person. Only if they agree may they be passed on."
    return problems


def _locked(actor: Actor, message_id: int) -> MessageHome:
    row = selectors.visible_to(actor).select_for_update(no_key=True, of=("self",)).filter(pk=message_id)
    found = row.first()
    if found is None:
        raise NotVisible(f"message {message_id}")
    return found


@transaction.atomic
def begin_passing(*, actor: Actor, message_id: int) -> MessageHome:
    """Take a message to pass it on: no colleague rings the family with it meanwhile."""
    message = _locked(actor, message_id)
    return move(message, MESSAGE, MessageStatus.PASSING, actor=actor, changes={"carrier_id": actor.user_id})


@transaction.atomic
def put_back(*, actor: Actor, message_id: int) -> MessageHome:
    """Give the message back: somebody else passes it on."""
    message = _locked(actor, message_id)
    return move(message, MESSAGE, MessageStatus.TAKEN, actor=actor, changes={"carrier_id": None})


@transaction.atomic
def mark_passed(*, actor: Actor, message_id: int) -> MessageHome:
    """The words were told. Whom and when they heard is in the record of the call to the family."""
    return _end(actor, message_id, MessageStatus.PASSED)


@transaction.atomic
def could_not_pass(*, actor: Actor, message_id: int, reason: str) -> MessageHome:
    """It cannot be passed on, and why (nobody reached, not known to us, not safe)."""
    return _end(actor, message_id, MessageStatus.COULD_NOT, reason)


@transaction.atomic
def withdraw(*, actor: Actor, message_id: int, reason: str) -> MessageHome:
    """The person took it back before anybody heard it."""
    return _end(actor, message_id, MessageStatus.WITHDRAWN, reason)


def _end(actor: Actor, message_id: int, to: MessageStatus, reason: str = "") -> MessageHome:
    message = _locked(actor, message_id)
    return move(message, MESSAGE, to, actor=actor, reason=reason, changes={"ended_at": timezone.now()})
