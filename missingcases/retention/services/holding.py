"""Placing and lifting a legal hold."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Incident
from missingcases.retention import policies, selectors
from missingcases.retention.models import LegalHold
from missingcases.selectors.held import subject_held

NOT_KNOWN = "Your organisation holds nothing under this reference. Check it."


@transaction.atomic
def place_hold(*, actor: Actor, reference: str, reason: str, review_on: date) -> LegalHold:
    """Keep everything of the organisation's about an incident or a person; without a reference, everything.

    Raises `Refused`, `Invalid`.
    """
    require(policies.may_hold(actor))
    problems: dict[str, str] = {}
    if not reason.strip():
        problems["reason"] = "Say why nothing is erased."
    if review_on <= timezone.localdate():
        problems["review_on"] = "Choose a day to come."
    subject: dict[str, int] = {}
    if reference.strip():
        about = subject_held(actor, reference.strip().upper())
        if about is None:
            problems["reference"] = NOT_KNOWN
        else:
            subject = {"incident_id" if isinstance(about, Incident) else "person_id": about.pk}
    if problems:
        raise Invalid(problems)
    hold = LegalHold.objects.create(
        organisation_id=actor.organisation_id or 0,
        **subject,
        reason=reason.strip(),
        review_on=review_on,
        placed_by_id=actor.user_id or 0,
        placed_at=timezone.now(),
    )
    audit.record(
        actor=actor, action="retention.hold_placed", target=hold, incident_id=hold.incident_id, reason=reason
    )
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: int, reason: str) -> LegalHold:
    """Let retention go on. Raises `NotVisible`, `Refused`, `Invalid`."""
    found = selectors.holds_of(actor).filter(pk=hold_id).exists()
    if not found:
        raise NotVisible(f"hold {hold_id}")
    require(policies.may_hold(actor))
    hold = LegalHold.objects.select_for_update(no_key=True).get(pk=hold_id)
    if hold.lifted_at is not None:
        raise Refused(Refusal("lifted", "It was lifted already."))
    if not reason.strip():
        raise Invalid({"reason": "Say why it is lifted."})
    hold.lifted_at, hold.lifted_by_id, hold.lift_reason = timezone.now(), actor.user_id, reason.strip()
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    audit.record(
        actor=actor, action="retention.hold_lifted", target=hold, incident_id=hold.incident_id, reason=reason
    )
    return hold
