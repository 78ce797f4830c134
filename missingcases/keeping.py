"""What this app keeps about people: how it follows a merge, answers them, and ends (domain.md section 8).

A person record is merged into another of the same organisation, an incident into the one it repeats. The
merged incident stays whole and names the one that goes on, so what hangs on an incident stays with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention
from foundation.events.services import publish
from foundation.keeping import subject_access
from missingcases.enums import OPEN, FlagStatus, IncidentStatus, Sensitivity
from missingcases.events import KeptFromFamily
from missingcases.holdings import HOLDINGS
from missingcases.models import Flag, FlagChange, FlagSnapshot, Incident
from missingcases.selectors import person_kept_from_family
from missingcases.services.common import apply
from missingcases.services.flags import take_snapshots

_FIRMNESS = {FlagStatus.RULED_OUT: 0, FlagStatus.SUSPECTED: 1, FlagStatus.CONFIRMED: 2}
# Police records: at least six years, then a person reviews them (domain.md section 8, [58]).
SIX_YEARS = timedelta(days=6 * 365 + 2)


def _follow(label: str, key: str, *once: str) -> Callable[[int, int, Actor], int]:
    """Point rows at the kept record, but those it has an equal of (by the fields in `once`)."""

    def run(keep_id: int, gone_id: int, actor: Actor) -> int:
        rows = apps.get_model(label)._default_manager.filter(**{key: gone_id})
        if once:
            kept = set(rows.model._default_manager.filter(**{key: keep_id}).values_list(*once))
            ids = [pk for pk, *values in rows.values_list("pk", *once) if tuple(values) not in kept]
        else:
            ids = list(rows.values_list("pk", flat=True))
        moved = rows.filter(pk__in=ids).update(**{f"{key}_id": keep_id})
        audit.record(actor=actor, action="record.merged", target=rows.model, target_ids=ids, fields=[key])
        return moved

    return run


def _merge_flags(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Of two flags of a kind the firmer one stands, and the narrower audience: neither may be lost.

    What ran for one of them while nobody knew of a danger in the family stops.
    """
    kept_before = {person_kept_from_family(pk) for pk in (keep_id, gone_id)}
    moved = _follow("missingcases.Flag", "person", "kind")(keep_id, gone_id, actor)
    kept = {row.kind: row for row in Flag.objects.filter(person_id=keep_id).select_for_update(no_key=True)}
    for gone in Flag.objects.filter(person_id=gone_id):
        moved += _firmer(kept[gone.kind], gone, actor)
    for incident in Incident.objects.filter(person_id=keep_id, status__in=OPEN):
        take_snapshots(incident)
    if len(kept_before) > 1 and person_kept_from_family(keep_id):
        publish(KeptFromFamily(person_id=keep_id, at=timezone.now()))
    return moved


def _firmer(flag: Flag, gone: Flag, actor: Actor) -> int:
    changes: dict[str, object] = {}
    if _FIRMNESS[FlagStatus(gone.status)] > _FIRMNESS[FlagStatus(flag.status)]:
        changes |= {"status": gone.status, "source": gone.source, "review_at": gone.review_at}
    if gone.sensitivity == Sensitivity.OWNER_ONLY != flag.sensitivity:
        changes["sensitivity"] = gone.sensitivity
    if not changes:
        return 0
    apply(flag, version=None, changes=changes)
    FlagChange.objects.create(
        flag=flag,
        status=flag.status,
        source=flag.source,
        reason="Two records of this person were merged.",
        recorded_by_id=actor.user_id,
        recorded_at=gone.recorded_at,
    )
    audit.record(actor=actor, action="flag.changed", target=flag, fields=sorted(changes))
    return 1


def _flags_undone(keep_id: int, gone_id: int, actor: Actor) -> None:
    """Open incidents show the flags of their own person again, and the flags' history says why."""
    for flag in Flag.objects.filter(person_id__in=(keep_id, gone_id)):
        FlagChange.objects.create(
            flag=flag,
            status=flag.status,
            source=flag.source,
            reason="A merge of this person's records was undone.",
            recorded_by_id=actor.user_id,
            recorded_at=timezone.now(),
        )
    for incident in Incident.objects.filter(person_id__in=(keep_id, gone_id), status__in=OPEN):
        kinds = Flag.objects.filter(person_id=incident.person_id).values("kind")
        FlagSnapshot.objects.filter(incident=incident).exclude(kind__in=kinds).delete()
        take_snapshots(incident)


_WHOLE = "Stays with the incident it is part of, which is kept whole and names the one that goes on."
_OF_INCIDENT = (
    "Reporter", "LocatedEntry", "Action", "AudienceRow", "FlagSnapshot", "PreventionInterview", "Note",
    "Attachment", "RecordSection", "Release", "RiskAssessment", "ReviewClock", "TimelineEntry", "Transfer",
)  # fmt: skip
MERGE = (
    Merge(
        "missingcases.Incident",
        "person",
        "Every disappearance of the person is on the record that is kept.",
        _follow("missingcases.Incident", "person"),
    ),
    Merge(
        "missingcases.Incident",
        "duplicate_of",
        "What repeated the merged incident repeats the one that is kept.",
        _follow("missingcases.Incident", "duplicate_of"),
    ),
    Merge(
        "missingcases.Alias",
        "person",
        "Each name once.",
        _follow("missingcases.Alias", "person", "name"),
    ),
    Merge(
        "missingcases.Phone",
        "person",
        "Each number once; texts asked for keep the entry they named.",
        _follow("missingcases.Phone", "person", "number_key"),
    ),
    Merge("missingcases.Address", "person", "All come along.", _follow("missingcases.Address", "person")),
    Merge("missingcases.Photo", "person", "All come along.", _follow("missingcases.Photo", "person")),
    Merge("missingcases.Photo", "incident", _WHOLE),
    Merge(
        "missingcases.Flag",
        "person",
        "Of two flags of a kind the firmer stands.",
        _merge_flags,
        _flags_undone,
    ),
    Merge("missingcases.MissingPerson", "merged_into", "Names the record that goes on, step by step."),
    *(Merge(f"missingcases.{name}", "incident", _WHOLE) for name in _OF_INCIDENT),
)

SUBJECT_ACCESS = subject_access(HOLDINGS)


def due_for_review(now: datetime) -> Sequence[int]:
    """Incidents that ended six years ago. Unresolved ones never are: they have not ended."""
    over = Incident.objects.filter(
        status__in=(IncidentStatus.CLOSED, IncidentStatus.CANCELLED), closed_at__lte=now - SIX_YEARS
    )
    return list(over.order_by("closed_at").values_list("pk", flat=True)[:500])


_REVIEWED = (
    "At least six years after the end, then a person reviews it; never by machine (domain.md section 8)."
)
_WITH = "Kept and reviewed with the incident's own record."
RETENTION = (
    Retention("missingcases.Incident", "person", _REVIEWED, SIX_YEARS, due_for_review, whose="owner"),
    Retention("missingcases.Incident", "duplicate_of", _WITH),
    Retention("missingcases.MissingPerson", "merged_into", "Kept as long as the record that goes on."),
    *(Retention(f"missingcases.{name}", "incident", _WITH) for name in (*_OF_INCIDENT, "Photo")),
    *(
        Retention(f"missingcases.{name}", "person", "Kept as long as an incident of the person is.")
        for name in ("Alias", "Phone", "Address", "Flag", "Photo")
    ),
    Retention("missingcases.FlagChange", "flag", "Kept with its flag."),
)
