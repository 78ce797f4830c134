"""A contact in the helpline's hands: begun, written down while they talk, handed over, ended."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from families.helpline import deadlines, policies, selectors
from families.helpline.enums import LIVE, Answer, Caller, Channel, ContactStatus, OnTheLine
from families.helpline.models import HelplineContact, ThreeWayCall
from families.helpline.questions import QUESTIONS
from families.helpline.states import CONTACT
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.selectors import is_up_to_date
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import move
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.models import MessageHome

LONGEST_NOTES = 20_000
_READ = "helpline.contact_read"
# Seven digits or more, however they are grouped: a telephone number, in the domain of this record.
_NUMBER = re.compile(r"(?:\d[\s().-]*){7,}")


def locked(actor: Actor, contact_id: int) -> HelplineContact:
    """The contact, locked. Raises `NotVisible`."""
    rows = selectors.contacts_visible_to(actor).select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=contact_id).first()
    if found is None:
        raise NotVisible(f"contact {contact_id}")
    return found


def write(contact: HelplineContact, actor: Actor, action: str, **changes: object) -> HelplineContact:
    """Write fields of a locked contact whose status stays, with the entry that says so."""
    for name, value in changes.items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save(update_fields=[*changes, "version", "updated_at"])
    audit.record(actor=actor, action=action, target=contact, fields=sorted(changes))
    return contact


@transaction.atomic
def begin_contact(
    *,
    actor: Actor,
    channel: str,
    caller: str,
    form_token: UUID,
    is_anonymous: bool = True,
    name: str = "",
    reach_by: str = "",
    notes: str = "",
) -> HelplineContact:
    """Somebody turned to us. The same `form_token` twice is one contact.

    Whoever rings or comes is with the person who takes the call; whoever wrote waits, an hour at most, for
    who claims it. What an anonymous caller let slip of a name or number is not kept.
    """
    require(policies.may_listen(actor))
    known = selectors.contacts_visible_to(actor).filter(form_token=form_token).first()
    if known is not None:
        return known
    if channel not in Channel.values or caller not in Caller.values:
        raise Invalid({"channel": "Choose how they turned to us, and who it is."})
    now, is_live = timezone.now(), Channel(channel) in LIVE
    contact = HelplineContact.objects.create(
        charity_id=actor.organisation_id or 0,
        channel=channel,
        caller=caller,
        is_anonymous=is_anonymous,
        name="" if is_anonymous else name.strip(),
        reach_by="" if is_anonymous else reach_by.strip(),
        status=ContactStatus.CLAIMED if is_live else ContactStatus.UNCLAIMED,
        claimed_by_id=actor.user_id if is_live else None,
        claimed_at=now if is_live else None,
        begun_by_id=actor.user_id or 0,
        begun_at=now,
        notes=notes.strip(),
        answer_due_at=deadlines.answer_due_at(Channel(channel), now),
        form_token=form_token,
    )
    audit.record(actor=actor, action="helpline.contact_begun", target=contact, fields=["channel", "caller"])
    return contact


@transaction.atomic
def save_notes(
    *, actor: Actor, contact_id: int, version: int, notes: str, answers: Mapping[str, str]
) -> HelplineContact:
    """Keep what was typed so far. Raises `Conflict` with both sides where a colleague wrote meanwhile."""
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    if len(notes) > LONGEST_NOTES:
        raise Invalid({"notes": f"Use {LONGEST_NOTES:,} characters or fewer."})
    given = {name: answers.get(name, "") for name in QUESTIONS if answers.get(name) in Answer.values}
    given = {name: value for name, value in given.items() if value}
    if contact.notes == notes and contact.answered() == given:
        return contact
    if contact.version != version:
        raise Conflict(
            version=contact.version,
            theirs={"notes": contact.notes, **contact.answered()},
            yours={"notes": notes, **given},
        )
    return write(contact, actor, "helpline.notes_saved", notes=notes, answers=json.dumps(given))


@transaction.atomic
def end_call(*, actor: Actor, contact_id: int, call_back_at: datetime | None) -> HelplineContact:
    """They hung up, or were answered; with `call_back_at` we promised to ring them then."""
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    now = timezone.now()
    if call_back_at is not None and not now <= call_back_at <= now + deadlines.LATEST_CALL_BACK:
        raise Invalid({"call_back_at": "Choose a time that is to come, within 28 days."})
    if call_back_at is not None and not contact.reach_by:
        raise Invalid({"call_back_at": "We keep no way to reach them, so nobody could ring."})
    return write(
        contact,
        actor,
        "helpline.answered",
        ended_at=now,
        answer_due_at=None,
        call_back_at=call_back_at,
    )


@transaction.atomic
def claim_contact(*, actor: Actor, contact_id: int) -> HelplineContact:
    """Take it: from now on this person speaks with them. A closed one is open again."""
    contact = locked(actor, contact_id)
    require(policies.may_claim(actor, contact))
    changes = {"claimed_by_id": actor.user_id, "claimed_at": timezone.now()}
    changes |= {"closed_at": None, "erased_at": None}
    return move(contact, CONTACT, ContactStatus.CLAIMED, actor=actor, changes=changes)


@transaction.atomic
def hand_over(*, actor: Actor, contact_id: int, to_user_id: int | None) -> HelplineContact:
    """Give it to a colleague of the helpline, or with None back to everybody. The clock runs on."""
    contact = locked(actor, contact_id)
    require(policies.may_hand_over(actor, contact))
    if to_user_id is None:
        changes = {"claimed_by_id": None, "claimed_at": None}
        return move(contact, CONTACT, ContactStatus.UNCLAIMED, actor=actor, changes=changes)
    if not selectors.colleagues(contact.charity_id).filter(pk=to_user_id).exists():
        raise Invalid({"to": "Choose a colleague of the helpline."})
    now = timezone.now()
    return write(contact, actor, "helpline.handed_over", claimed_by_id=to_user_id, claimed_at=now)


@transaction.atomic
def close_contact(*, actor: Actor, contact_id: int, reason: str) -> HelplineContact:
    """Nothing is owed to them any more."""
    contact = locked(actor, contact_id)
    require(policies.may_close(actor, contact))
    changes = {"closed_at": timezone.now(), "answer_due_at": None, "call_back_at": None}
    return move(contact, CONTACT, ContactStatus.CLOSED, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def record_three_way(
    *, actor: Actor, contact_id: int, on_the_line: Sequence[str], consented: bool, agreed: str
) -> ThreeWayCall:
    """A call that we put through. Raises `Invalid` without consent, and for a telephone number in it."""
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    problems = {}
    if len(set(on_the_line)) < 2 or set(on_the_line) - set(OnTheLine.values):
        problems["on_the_line"] = "Choose the two or more who spoke with each other."
    if not consented:
        problems["consented"] = "A call is put through only if everybody agreed beforehand."
    if not agreed.strip():
        problems["agreed"] = "Write what was agreed, or that nothing was."
    elif _NUMBER.search(agreed):
        problems["agreed"] = "Leave telephone numbers out: this record must not lead one to the other."
    if problems:
        raise Invalid(problems)
    call = ThreeWayCall.objects.create(
        contact=contact,
        on_the_line=sorted(set(on_the_line)),
        consented=True,
        agreed=agreed.strip(),
        made_by_id=actor.user_id or 0,
        made_at=timezone.now(),
    )
    audit.record(actor=actor, action="helpline.three_way_recorded", target=contact, fields=["agreed"])
    return call


@transaction.atomic
def take_message_home(
    *, actor: Actor, contact_id: int, for_whom: str, words: str, consent: bool, disclose_location: str
) -> MessageHome:
    """The caller asks us to tell somebody something."""
    contact = locked(actor, contact_id)
    require(policies.may_work_on(actor, contact))
    incident = selectors.linked_incident(contact)
    return messages_home.take_message(
        actor=actor,
        for_whom=for_whom,
        words=words,
        consent=consent,
        disclose_location=disclose_location,
        source=selectors.SOURCE,
        source_id=contact.pk,
        incident_id=incident.pk if incident else None,
    )


@transaction.atomic
def record_opened(*, actor: Actor, contact: HelplineContact, again: bool = False) -> None:
    """Note that somebody read a contact; `again` is the same reading until something comes to it."""
    if again and is_up_to_date(actor, action=_READ, target=contact):
        return
    audit.record(
        actor=actor,
        action=_READ,
        target=contact,
        fields=["notes", "answers"],
        outside_own_work=contact.claimed_by_id not in {None, actor.user_id},
    )
