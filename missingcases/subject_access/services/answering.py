"""What people do with a request: receive, identify, decide, look again, give."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.files import storage
from foundation.states import move
from foundation.tasks import send_or_leave
from missingcases.models import Incident
from missingcases.selectors.held import subject_held
from missingcases.subject_access import deadlines, policies, selectors
from missingcases.subject_access.enums import Decision, Mark, RequestStatus
from missingcases.subject_access.models import AccessItem, AccessRequest
from missingcases.subject_access.states import ACCESS

NOT_KNOWN = "Your organisation holds nothing under this reference. Check it."


@transaction.atomic
def receive(*, actor: Actor, reference: str, received_on: date, asked: str) -> AccessRequest:
    """Note that somebody asks for what is held about them. Raises `Refused`, `Invalid`.

    `reference` is that of their person record, of one of their incidents, or of a relative whom we support.
    """
    require(policies.may_answer(actor))
    named = reference.strip().upper()
    found, other = subject_held(actor, named), None
    if found is None:
        other = selectors.other_subject(actor, named)
        if other is None:
            raise Invalid({"reference": NOT_KNOWN})
    if received_on > timezone.localdate():
        raise Invalid({"received_on": "The day must not be in the future."})
    if not asked.strip():
        raise Invalid({"asked": "Say who asks and how to answer them."})
    person = found.person if isinstance(found, Incident) else found
    label, other_id = other or ("", None)
    request = AccessRequest.objects.create(
        organisation_id=actor.organisation_id or 0,
        person_id=(person.merged_into_id or person.pk) if person else None,
        other_label=label,
        other_id=other_id,
        other_reference=named if other else "",
        asked=asked.strip(),
        received_on=received_on,
        due_on=deadlines.answer_due_on(received_on),
        made_by_id=actor.user_id or 0,
    )
    audit.record(actor=actor, action="subject_access.received", target=request)
    return request


@transaction.atomic
def confirm_identity(*, actor: Actor, request_id: int, how: str) -> AccessRequest:
    """Note how it was made sure that whoever asks may ask. Raises `NotVisible`, `Refused`, `Invalid`."""
    request = _locked(actor, request_id)
    require(policies.may_answer(actor))
    if not how.strip():
        raise Invalid({"how": "Say how the identity was checked."})
    changes = {
        "identity": how.strip(),
        "identity_checked_at": timezone.now(),
        "identity_checked_by_id": actor.user_id,
    }
    return _write(actor, request, "subject_access.identified", changes)


@transaction.atomic
def extend(*, actor: Actor, request_id: int, reason: str) -> AccessRequest:
    """Take two further months for what is complex; whoever asks is told within the first."""
    request = _locked(actor, request_id)
    require(policies.may_extend(actor, request))
    if not reason.strip():
        raise Invalid({"reason": "Say why one month is not enough."})
    due_on = deadlines.answer_due_on(request.received_on, is_extended=True)
    changes = {"extension_reason": reason.strip(), "due_on": due_on}
    return _write(actor, request, "subject_access.extended", changes)


@transaction.atomic
def begin(*, actor: Actor, request_id: int) -> AccessRequest:
    """Have a worker find everything. Raises `NotVisible`, `Refused`."""
    request = move(_locked(actor, request_id), ACCESS, RequestStatus.COLLECTING, actor=actor)
    transaction.on_commit(lambda: kick(request.pk, "collect"))
    return request


def kick(request_id: int, what: str) -> None:
    """Have a worker collect or make; the sweep finds what was left."""
    from missingcases.subject_access import tasks

    send_or_leave(tasks.collect if what == "collect" else tasks.make_pack, request_id, lane="bulk")


@transaction.atomic
def decide_item(
    *,
    actor: Actor,
    item_id: int,
    decision: str,
    marks: Collection[str] = (),
    reason: str = "",
    may_be_named: bool = False,
) -> AccessItem:
    """Include one thing or withhold it, with why. Raises `NotVisible`, `Refused`, `Invalid`."""
    item = AccessItem.objects.select_related("request").filter(pk=item_id).first()
    if item is None:
        raise NotVisible(f"item {item_id}")
    request = _locked(actor, item.request_id)
    require(policies.may_decide(actor, request))
    if decision not in {Decision.INCLUDE, Decision.WITHHOLD}:
        raise Invalid({"decision": "Choose whether it is given."})
    if not set(marks) <= set(Mark.values):
        raise Invalid({"marks": "Choose from the list."})
    if decision == Decision.WITHHOLD and not reason.strip():
        raise Invalid({"reason": "Say why it is withheld."})
    item.decision, item.marks, item.reason = decision, sorted(marks), reason.strip()
    item.may_be_named = may_be_named and decision == Decision.WITHHOLD
    item.decided_by_id, item.decided_at = actor.user_id, timezone.now()
    item.save(update_fields=["decision", "marks", "reason", "may_be_named", "decided_by", "decided_at"])
    audit.record(
        actor=actor, action="subject_access.decided", target=item, fields=["decision", "marks", "reason"]
    )
    return item


@transaction.atomic
def include_kind(*, actor: Actor, request_id: int, title: str) -> int:
    """Include whatever of one kind is undecided and comes with no caution. Returns how many."""
    request = _locked(actor, request_id)
    require(policies.may_decide(actor, request))
    rows = request.items.filter(title=title, decision=Decision.UNDECIDED, caution="")
    ids = list(rows.values_list("pk", flat=True))
    request.items.filter(pk__in=ids).update(
        decision=Decision.INCLUDE, decided_by_id=actor.user_id, decided_at=timezone.now()
    )
    audit.record(
        actor=actor, action="subject_access.decided", target=AccessItem, target_ids=ids, fields=["decision"]
    )
    return len(ids)


@transaction.atomic
def finish_review(*, actor: Actor, request_id: int) -> AccessRequest:
    """Everything is decided: somebody else looks a second time. Raises `NotVisible`, `Refused`."""
    changes = {"reviewed_by_id": actor.user_id, "reviewed_at": timezone.now()}
    return move(_locked(actor, request_id), ACCESS, RequestStatus.SECOND_LOOK, actor=actor, changes=changes)


@transaction.atomic
def send_back(*, actor: Actor, request_id: int, reason: str) -> AccessRequest:
    """Have it reviewed again. Raises `NotVisible`, `Refused`."""
    return move(_locked(actor, request_id), ACCESS, RequestStatus.REVIEW, actor=actor, reason=reason)


@transaction.atomic
def confirm_review(*, actor: Actor, request_id: int) -> AccessRequest:
    """The second look: a worker makes the pack. Raises `NotVisible`, `Refused`."""
    changes = {"confirmed_by_id": actor.user_id, "confirmed_at": timezone.now()}
    request = move(_locked(actor, request_id), ACCESS, RequestStatus.MAKING, actor=actor, changes=changes)
    transaction.on_commit(lambda: kick(request.pk, "make"))
    return request


@transaction.atomic
def fetch_pack(*, actor: Actor, request_id: int) -> str:
    """The place of the pack below MEDIA_ROOT; audited. Raises `NotVisible`, `Refused`."""
    request = _locked(actor, request_id)
    require(policies.may_answer(actor))
    if not request.stored_as or not storage.path_of(request.stored_as).exists():
        raise Refused(Refusal("no_pack", "There is no pack, or its time is over."))
    audit.record(actor=actor, action="subject_access.downloaded", target=request)
    return request.stored_as


@transaction.atomic
def give(*, actor: Actor, request_id: int, how: str) -> AccessRequest:
    """Note that it was given, and how. Raises `NotVisible`, `Refused`, `Invalid`."""
    if not how.strip():
        raise Invalid({"how": "Say how it was given, and to whom."})
    now = timezone.now()
    changes = {"given_by_id": actor.user_id, "given_at": now, "given_how": how.strip()}
    changes["wipe_at"] = now + deadlines.KEEP_PACK
    return move(_locked(actor, request_id), ACCESS, RequestStatus.GIVEN, actor=actor, changes=changes)


@transaction.atomic
def end_request(*, actor: Actor, request_id: int, reason: str) -> AccessRequest:
    """They asked no longer, or may not have it; what was gathered is wiped. Raises as the others do."""
    changes = {"wipe_at": timezone.now()}
    return move(
        _locked(actor, request_id), ACCESS, RequestStatus.ENDED, actor=actor, reason=reason, changes=changes
    )


def _locked(actor: Actor, request_id: int) -> AccessRequest:
    seen = selectors.visible_to(actor).filter(pk=request_id).exists()
    if not seen:
        raise NotVisible(f"request {request_id}")
    return AccessRequest.objects.select_for_update(no_key=True).get(pk=request_id)


def _write(actor: Actor, request: AccessRequest, action: str, changes: dict[str, Any]) -> AccessRequest:
    for name, value in changes.items():
        setattr(request, name, value)
    request.version += 1
    request.save(update_fields=[*changes, "version", "updated_at"])
    audit.record(actor=actor, action=action, target=request, fields=sorted(changes))
    return request
