"""Opening, ending and reviewing. The only writers of openings."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.breakglass import deadlines, events, selectors
from missingcases.breakglass.enums import Finding, OpeningStatus
from missingcases.breakglass.lengths import length_of
from missingcases.breakglass.models import Opening
from missingcases.breakglass.policies import may_open
from missingcases.breakglass.states import OPENING
from missingcases.models import Incident, MissingPerson
from missingcases.selectors.held import subject_held

NOT_KNOWN = "Your organisation holds nothing under this reference. Check it."


@transaction.atomic
def open_records(*, actor: Actor, reference: str, reason: str, minutes: int) -> Opening:
    """Open an incident's (MI-...) or a person's (MP-...) confidential records of the actor's organisation.

    The data-protection role is told at once. Raises `Refused`, `Invalid` by field.
    """
    require(may_open(actor))
    if not reason.strip():
        raise Invalid({"reason": "Say why you open these records."})
    most = length_of(actor.organisation_id or 0).most_minutes
    if not 0 < minutes <= most:
        raise Invalid({"minutes": f"Choose at most {most} minutes."})
    # One click, one opening: two by the same person wait for each other here.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.user_id or 0)
    about = subject_held(actor, reference.strip().upper())
    if about is None:
        raise Invalid({"reference": NOT_KNOWN})
    subject = _as_key(about)
    if selectors.live_openings_of(actor).filter(**subject).exists():
        raise Refused(Refusal("open_already", "You hold these records open already."))
    now = timezone.now()
    opening = Opening.objects.create(
        organisation_id=actor.organisation_id or 0,
        **subject,
        reason=reason.strip(),
        opened_by_id=actor.user_id or 0,
        opened_at=now,
        ends_at=deadlines.ends_at(now, minutes),
        review_due_at=deadlines.review_due_at(now),
    )
    audit.record(
        actor=actor,
        action="breakglass.opened",
        target=opening,
        incident_id=opening.incident_id,
        reason=reason,
    )
    publish(events.RecordsOpened(opening_id=opening.pk, at=now))
    return opening


def _as_key(about: Incident | MissingPerson) -> dict[str, int]:
    return {"incident_id" if isinstance(about, Incident) else "person_id": about.pk}


@transaction.atomic
def end_opening(*, actor: Actor, opening_id: int) -> Opening:
    """Close the records before their time. Raises `NotVisible`, `Refused`."""
    opening = _one(actor, opening_id)
    now = timezone.now()
    if not opening.is_live(now) and opening.status == OpeningStatus.OPEN:
        raise Refused(Refusal("over", "The time is over: the records have closed by themselves."))
    changes = {"ended_at": now, "ended_by_id": actor.user_id}
    return move(opening, OPENING, OpeningStatus.ENDED, actor=actor, changes=changes)


@transaction.atomic
def review_opening(*, actor: Actor, opening_id: int, finding: str, words: str) -> Opening:
    """Say whether it was justified, and what follows. Raises `NotVisible`, `Refused`, `Invalid`."""
    opening = _one(actor, opening_id)
    if finding not in Finding.values:
        raise Invalid({"finding": "Choose what you found."})
    if not words.strip():
        raise Invalid({"words": "Say what you looked at and what follows."})
    changes = {
        "finding": finding,
        "review_words": words.strip(),
        "reviewed_at": timezone.now(),
        "reviewed_by_id": actor.user_id,
    }
    return move(opening, OPENING, OpeningStatus.REVIEWED, actor=actor, changes=changes)


def _one(actor: Actor, opening_id: int) -> Opening:
    found = selectors.visible_to(actor).filter(pk=opening_id).first()
    if found is None:
        raise NotVisible(f"opening {opening_id}")
    return found


def note_readings(
    *,
    actor: Actor,
    target: type[models.Model],
    target_ids: Collection[int],
    incident_id: int | None = None,
    person_id: int | None = None,
) -> int:
    """Put down, under each opening that gave the actor sight, which rows of `target` they read.

    For whichever selector shows rows that the actor sees by an opening alone; what it notes of every
    reading anyway it notes beside. Returns how many openings it was put under.
    """
    about = models.Q(incident_id=incident_id or 0) | models.Q(person_id=person_id or 0)
    if incident_id:
        about |= models.Q(person__incidents=incident_id)
    openings = list(selectors.live_openings_of(actor).filter(about).distinct()) if target_ids else []
    for opening in openings:
        audit.record(
            actor=actor,
            action="breakglass.read",
            target=opening,
            target_ids=sorted(target_ids),
            incident_id=incident_id or opening.incident_id,
            fields=[audit.label_of(target)],
        )
    return len(openings)
