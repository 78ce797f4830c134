"""Whether an organisation holds anything about somebody: asked by reference, answered by its own records."""

from __future__ import annotations

from collections.abc import Collection

from foundation.actors import Actor
from foundation.contributions import subject_access
from missingcases.models import AudienceRow, Incident, MissingPerson

_NOBODY = 0  # the id of no record


def subject_held(actor: Actor, reference: str) -> Incident | MissingPerson | None:
    """The incident or person of this reference that the actor's organisation holds something about.

    None, in the same words and after the same statements, for what does not exist and for what the
    organisation knows nothing of: neither the page nor the time it takes tells which it is. It says nothing
    of what the actor may read: whoever asks has a role that answers for the records.
    """
    if actor.organisation_id is None:
        return None
    incident = Incident.objects.filter(reference=reference).select_related("person", "owner").first()
    person = MissingPerson.objects.filter(reference=reference).first()
    if person is not None and person.organisation_id == actor.organisation_id:
        return person
    person_id = person.pk if person is not None else _NOBODY
    incidents = list(Incident.objects.filter(person_id=person_id).values_list("pk", flat=True))
    if incident is not None:
        incidents.append(incident.pk)
    return (incident or person) if _holds(actor, incidents or [_NOBODY], person_id) else None


def held_incidents(actor: Actor, person: MissingPerson) -> list[int]:
    """The incidents of that person, and of records merged into theirs, that the organisation knows of."""
    records = [person.pk, *MissingPerson.objects.filter(merged_into=person).values_list("pk", flat=True)]
    rows = Incident.objects.filter(person_id__in=records)
    ids = set(rows.filter(owner_id=actor.organisation_id or 0).values_list("pk", flat=True))
    others = rows.exclude(owner_id=actor.organisation_id or 0).values_list("pk", flat=True)
    return sorted(ids | {pk for pk in others if _holds(actor, [pk])})


def _holds(actor: Actor, incident_ids: Collection[int], person_id: int = 0) -> bool:
    """Whether anything was ever released to the organisation, or it keeps anything of its own."""
    known = AudienceRow.objects.filter(
        incident_id__in=incident_ids, organisation_id=actor.organisation_id or 0
    )
    if known.exists():
        return True
    ids = {"incident": list(incident_ids), "person": [person_id]}
    return any(one.select(ids[one.key], actor) for one in subject_access() if one.key in ids)
