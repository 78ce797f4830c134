"""Flags on people, and their snapshots on incidents."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from missingcases import events
from missingcases.deadlines import GRADE_AGAIN_WITHIN
from missingcases.enums import (
    ACTIVE_FLAG,
    BARS_ABSENT,
    ENDED,
    FAMILY_MAY_BE_DANGER,
    ActionKind,
    Audience,
    FlagKind,
    FlagStatus,
    IncidentStatus,
    Sensitivity,
)
from missingcases.models import Flag, FlagChange, FlagSnapshot, Incident
from missingcases.policies import may_flag, may_rule_out_flag
from missingcases.selectors import person_kept_from_family
from missingcases.services.common import apply, for_writing, one_of, refuse
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_action, raise_for_flag

_LOST = "Recorded after the backup: enter again who said so"


def take_snapshots(incident: Incident) -> None:
    """Copy the person's flags as they stand onto the incident."""
    now = timezone.now()
    FlagSnapshot.objects.bulk_create(
        [
            FlagSnapshot(
                incident=incident,
                kind=flag.kind,
                status=flag.status,
                sensitivity=flag.sensitivity,
                taken_at=now,
            )
            for flag in Flag.objects.filter(person_id=incident.person_id)
        ],
        update_conflicts=True,
        unique_fields=["incident", "kind"],
        update_fields=["status", "sensitivity", "taken_at"],
    )


@transaction.atomic
def set_flag(
    *,
    actor: Actor,
    incident_id: int,
    kind: str,
    status: str,
    source: str,
    reason: str = "",
    sensitivity: str = Sensitivity.STANDARD,
    review_at: datetime | None = None,
    version: int | None = None,
) -> Flag:
    """Raise, confirm or rule out a flag on the person of an incident; its history is kept.

    Incidents of the person that have not ended follow. An active flag raises what the rule table
    says, and asks for somebody absent to be graded again. One that says that the family may be the danger
    tells every service, which stops what runs. `version` 0 means that the flag was not there. Ruling out
    takes a supervisor and a reason. Raises `Refused`, `Invalid`, `Conflict`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    ruling_out = status == FlagStatus.RULED_OUT
    require((may_rule_out_flag if ruling_out else may_flag)(actor, incident))
    _check(kind, status, sensitivity, source, reason)
    now, was_kept = timezone.now(), person_kept_from_family(incident.person_id)
    flag, is_new = Flag.objects.select_for_update(no_key=True).get_or_create(
        person_id=incident.person_id,
        kind=kind,
        defaults={
            "status": status,
            "source": source,
            "sensitivity": sensitivity,
            "recorded_by_id": actor.user_id,
            "recorded_at": now,
            "review_at": review_at,
        },
    )
    was_active = not is_new and flag.status in ACTIVE_FLAG
    if not is_new:
        apply(
            flag,
            version=version,
            changes={
                "status": status,
                "source": source,
                "sensitivity": sensitivity,
                "recorded_by_id": actor.user_id,
                "recorded_at": now,
                "review_at": review_at,
            },
        )
    FlagChange.objects.create(
        flag=flag,
        status=status,
        source=source,
        reason=reason,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )
    _tell(actor, incident, flag, reason)
    if status in ACTIVE_FLAG and not was_active:
        _raise(incident, flag)
    publish(
        events.FlagChanged(
            person_id=incident.person_id,
            flag_id=flag.pk,
            at=now,
            kind=FlagKind(kind),
            status=FlagStatus(status),
        )
    )
    if not was_kept and person_kept_from_family(incident.person_id):
        note("person.kept_from_family", incident_id=incident.pk)
        publish(events.KeptFromFamily(person_id=incident.person_id, at=now))
    return flag


def keep_from_family_again(actor: Actor, incident: Incident) -> bool:
    """A flag that says that the family may be the danger was lost: suspected, until somebody enters it again.

    The caller holds the incident. False where such a flag stands.
    """
    if person_kept_from_family(incident.person_id):
        return False
    now = timezone.now()
    held = {"status": FlagStatus.SUSPECTED, "source": _LOST, "sensitivity": Sensitivity.OWNER_ONLY}
    flag, is_new = Flag.objects.select_for_update(no_key=True).get_or_create(
        person_id=incident.person_id, kind=min(FAMILY_MAY_BE_DANGER), defaults=held | {"recorded_at": now}
    )
    if not is_new:
        apply(flag, version=None, changes=held | {"recorded_at": now, "recorded_by_id": actor.user_id})
    FlagChange.objects.create(flag=flag, status=flag.status, source=_LOST, recorded_at=now)
    _tell(actor, incident, flag, _LOST)
    publish(
        events.FlagChanged(
            person_id=incident.person_id,
            flag_id=flag.pk,
            at=now,
            kind=FlagKind(flag.kind),
            status=FlagStatus.SUSPECTED,
        )
    )
    publish(events.KeptFromFamily(person_id=incident.person_id, at=now))
    return True


def _check(kind: str, status: str, sensitivity: str, source: str, reason: str) -> None:
    one_of(FlagKind, kind, "kind")
    one_of(FlagStatus, status, "status")
    one_of(Sensitivity, sensitivity, "sensitivity")
    problems = {} if source.strip() else {"source": "Say where this is known from."}
    if status == FlagStatus.RULED_OUT and not reason.strip():
        problems["reason"] = "Say why it is ruled out. This is kept with the record."
    refuse(problems)


def _tell(actor: Actor, incident: Incident, flag: Flag, reason: str) -> None:
    audience = Audience.OWNER if flag.sensitivity == Sensitivity.OWNER_ONLY else Audience.EVERYONE
    words = f"Flag {FlagStatus(flag.status).label.lower()}: {FlagKind(flag.kind).label}"
    of_person = Incident.objects.filter(person_id=flag.person_id)
    for one in of_person.filter(~Q(status__in=sorted(ENDED)) | Q(pk=incident.pk)):
        if one.status not in ENDED:
            take_snapshots(one)
        add_timeline_entry(
            incident_id=one.pk,
            kind="flag.changed",
            actor=actor,
            audience=audience,
            summary=words,
            subject=("missingcases.Flag", flag.pk),
        )
    audit.record(
        actor=actor,
        action="flag.changed",
        target=flag,
        incident_id=incident.pk,
        fields=["status", "source", "sensitivity"],
        to_state=flag.status,
        reason=reason,
    )


def _raise(incident: Incident, flag: Flag) -> None:
    raise_for_flag(incident, flag.kind, owner_only=flag.sensitivity == Sensitivity.OWNER_ONLY)
    barred = flag.kind in BARS_ABSENT
    for one in Incident.objects.filter(person_id=flag.person_id, status=IncidentStatus.ABSENT):
        raise_action(
            one,
            kind=ActionKind.GRADE_AGAIN,
            title="Grade as missing: a flag now bars an absence" if barred else "Grade again: a new flag",
            owner_id=one.owner_id,
            due_at=timezone.now() + GRADE_AGAIN_WITHIN,
        )
