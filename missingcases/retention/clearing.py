"""What an incident loses when it is anonymised, table by table; what is not named stays, as do the figures.

Kept: age, sex, risk, times, outcome, harm, areas, kinds of what was done. Lost: names, numbers, addresses,
pictures, files, and whatever somebody wrote in their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.audit.models import AuditEvent, Reason
from foundation.contributions import retention
from foundation.files import storage
from missingcases.deadlines import age_on
from missingcases.models import Attachment, Incident, MissingPerson, Photo

_GONE = "Anonymised"


@dataclass(frozen=True, slots=True)
class Cleared:
    """The rows of `model` behind `key` lose what `changes` names; without any they are deleted."""

    model: str
    key: str
    changes: dict[str, Any] = field(default_factory=dict)


def _blank(model: str, key: str, *names: str, **more: Any) -> Cleared:
    return Cleared(model, key, dict.fromkeys(names, "") | more)


OF_INCIDENT = (
    _blank("missingcases.Reporter", "incident", "name", "role", "telephone", "email"),
    _blank("missingcases.LocatedEntry", "incident", source=_GONE, outcome_then={}),
    _blank("missingcases.Action", "incident", "result", title=_GONE),
    _blank(
        "missingcases.PreventionInterview", "incident",
        "reason_missing", "where_and_with_whom", "offences", "safeguarding", "referrals",
        "non_disclosure_request",
    ),
    _blank("missingcases.RiskAssessment", "incident", "information", "given_by", "rationale", answers={}),
    _blank("missingcases.ReviewClock", "incident", "findings", "next_steps"),
    _blank(
        "missingcases.Release", "incident",
        "purpose", "wishes", "reason", "decision_reason", "override_reason", content="{}",
    ),
    _blank("missingcases.TimelineEntry", "incident", summary=_GONE),
    _blank("missingcases.Transfer", "incident", "reason", "decision_reason"),
    _blank("links.RecordLink", "incident", "words", "decision_reason"),
    Cleared("missingcases.Note", "incident"),
    Cleared("missingcases.RecordSection", "incident"),
)  # fmt: skip
OF_PERSON = (
    _blank("missingcases.Flag", "person", "source"),
    _blank("missingcases.FlagChange", "flag__person", "source", "reason"),
    Cleared("missingcases.Alias", "person"),
    Cleared("missingcases.Phone", "person"),
    Cleared("missingcases.Address", "person"),
    Cleared("matching.PersonKeys", "person"),
    Cleared("matching.NamePair", "person"),
    Cleared("matching.LikelyPair", "first"),
    Cleared("matching.LikelyPair", "second"),
    _blank("merging.PersonMerge", "kept", "reason", "undone_reason", overwritten={}),
)


def clear(incidents: Sequence[Incident]) -> None:
    """Anonymise these incidents, and their people, in the caller's transaction."""
    ids = [one.pk for one in incidents]
    people = sorted({one.person_id for one in incidents})
    records = [*people, *MissingPerson.objects.filter(merged_into__in=people).values_list("pk", flat=True)]
    _keep_ages(incidents)
    _run(OF_INCIDENT, ids)
    _run(OF_PERSON, records)
    _delete_files(ids, records)
    for one in retention():
        if one.anonymise is not None:
            one.anonymise(ids)
    _clear_words_of_the_trail(incidents)
    Incident.objects.filter(pk__in=ids).update(
        force_reference="",
        cad_reference="",
        pnc_reference="",
        ukmpu_reference="",
        last_seen_place="",
        version=F("version") + 1,
        updated_at=timezone.now(),
    )
    MissingPerson.objects.filter(pk__in=records).update(
        given_names="",
        family_name="",
        name_key="",
        date_of_birth=None,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )


def _keep_ages(incidents: Sequence[Incident]) -> None:
    """What the figures group by is worked out before the birthday goes."""
    for one in incidents:
        born = one.person.date_of_birth
        if one.age_at_report is None and born is not None:
            Incident.objects.filter(pk=one.pk).update(age_at_report=age_on(born, one.reported_at.date()))


def _run(cleared: Sequence[Cleared], ids: Sequence[int]) -> None:
    for one in cleared:
        rows = apps.get_model(one.model)._base_manager.filter(**{f"{one.key}__in": list(ids)})
        if one.changes:
            rows.update(**one.changes)
        else:
            rows.delete()


def _delete_files(incident_ids: Sequence[int], person_ids: Sequence[int]) -> None:
    files = Attachment.objects.filter(incident__in=incident_ids)
    photos = Photo.objects.filter(person__in=person_ids)
    places = [
        f"files/{name}" for rows in (files, photos) for name in rows.values_list("stored_name", flat=True)
    ]
    files.delete()
    photos.delete()
    for place in places:
        transaction.on_commit(_deleting(place))


def _deleting(place: str) -> Callable[[], None]:
    def run() -> None:
        storage.delete(place)

    return run


def _clear_words_of_the_trail(incidents: Sequence[Incident]) -> None:
    """Who did what stays; the words they gave for it go."""
    for one in incidents:
        own = AuditEvent.objects.filter(incident_id=one.pk, reason_id__isnull=False)
        mine = own.filter(organisation_id=one.owner_id).values_list("reason_id", flat=True)
        Reason.objects.filter(pk__in=list(mine)).delete()
