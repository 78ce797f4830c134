"""What every verb needs: the locked incident and appeal, and telling that an appeal moved on."""

from __future__ import annotations

from django.utils import timezone

from appeals.events import AppealChanged
from appeals.models import Appeal
from appeals.selectors import appeals_visible_to
from foundation.actors import Actor
from foundation.events.services import publish
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Incident
from missingcases.services import lock_incident
from missingcases.services.common import check_version
from missingcases.services.timeline import add_timeline_entry

LABEL = "appeals.Appeal"


def hold(actor: Actor, appeal_id: int, *, version: int | None = None) -> tuple[Incident, Appeal]:
    """The locked incident and appeal, if `actor` sees it; our own machinery reads by id.

    Raises `NotVisible`, and `Conflict` where the appeal moved on since `version` was read.
    """
    rows = Appeal.objects.all() if actor.is_system else appeals_visible_to(actor)
    incident_id = rows.filter(pk=appeal_id).values_list("incident_id", flat=True).first()
    if incident_id is None:
        raise NotVisible(f"appeal {appeal_id}")
    incident = lock_incident(incident_id)
    appeal = Appeal.objects.select_for_update(no_key=True).get(pk=appeal_id)
    check_version(appeal, version, {})
    return incident, appeal


def written(appeal: Appeal, *fields: str) -> None:
    """Save these fields of a locked appeal with its next version."""
    appeal.version += 1
    appeal.save(update_fields=[*fields, "version", "updated_at"])


def moved_on(actor: Actor, appeal: Appeal, kind: str, words: str) -> None:
    """Put it on the incident's timeline and tell whoever follows appeals. `words` name nobody."""
    add_timeline_entry(
        incident_id=appeal.incident_id,
        kind=f"appeals.{kind}",
        actor=actor,
        audience="owner",
        summary=words,
        subject=(LABEL, appeal.pk),
        organisation_id=appeal.organisation_id,
    )
    publish(AppealChanged(appeal_id=appeal.pk, incident_id=appeal.incident_id, at=timezone.now()))


def need(problems: dict[str, str]) -> None:
    """Raise `Invalid` if there is any problem."""
    if problems:
        raise Invalid(problems)


def reason_of(reason: str) -> str:
    """A reason that is not empty. Raises `Invalid`."""
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})
    return reason.strip()
