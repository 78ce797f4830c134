"""A concern is raised, by a flag or by hand. One of a kind is open on an incident at a time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.deadlines import counts_as_child
from missingcases.enums import ACTIVE_FLAG, UNENDED, Audience, FlagKind, FlagStatus
from missingcases.models import Flag, Incident
from missingcases.selectors import kept_from_family
from missingcases.services import add_timeline_entry, lock_incident, set_flag
from missingcases.services.common import for_writing
from partners.routes.deadlines import due_at
from partners.routes.enums import (
    NOT_FOR_FAMILY,
    RAISED_BY,
    RAISED_FOR_A_CHILD,
    ConcernStatus,
    Kind,
    path_of,
    raised_by,
)
from partners.routes.models import Concern
from partners.routes.policies import may_raise
from partners.routes.states import CONCERN

RAISING = Actor.system("routes.raising")


@transaction.atomic
def raise_by_hand(*, actor: Actor, incident_id: int, kind: str, why: str) -> Concern:
    """Raise a concern that no flag says. Raises `NotVisible`, `Refused`, `Invalid`."""
    incident = for_writing(actor, incident_id)
    require(may_raise(actor, incident))
    if kind not in Kind.values:
        raise Invalid({"kind": "Choose what the concern is."})
    if not why.strip():
        raise Invalid({"why": "Say what makes you think so."})
    found = _raise(actor, incident, Kind(kind), why=why.strip())
    if found is None:
        raise Refused(Refusal("open_already", "Such a concern is open on this incident."))
    _flag(actor, found)
    return found


def _flag(actor: Actor, concern: Concern) -> None:
    """Where the family may be the danger the flag says so to every service: they read no concern."""
    kind, incident = FlagKind.HONOUR_BASED_ABUSE, concern.incident
    if concern.kind not in NOT_FOR_FAMILY or kept_from_family([incident.pk]):
        return
    held = Flag.objects.filter(person_id=incident.person_id, kind=kind).first()
    set_flag(
        actor=actor,
        incident_id=incident.pk,
        kind=kind,
        status=FlagStatus.SUSPECTED,
        source=f"Concern {concern.reference}",
        version=held.version if held else 0,
    )


@transaction.atomic
def raise_for_flag(*, person_id: int, flag_kind: str) -> int:
    """A flag is active: its concern opens on the person's incidents that have not ended. Returns how many."""
    rows = Incident.objects.filter(person_id=person_id, status__in=sorted(UNENDED), starts_held=False)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_raise_for(lock_incident(pk), flag_kind) is not None for pk in ids)


@transaction.atomic
def raise_for_report(*, incident_id: int) -> int:
    """Somebody is missing who has such flags already. Returns how many concerns were raised."""
    flags = Flag.objects.filter(
        person__incidents=incident_id,
        kind__in=sorted({*RAISED_BY, *RAISED_FOR_A_CHILD}),
        status__in=sorted(ACTIVE_FLAG),
    )
    kinds = list(flags.order_by("kind").values_list("kind", flat=True))
    incident = lock_incident(incident_id) if kinds else None
    return sum(_raise_for(incident, kind) is not None for kind in kinds) if incident else 0


def _raise_for(incident: Incident, flag_kind: str) -> Concern | None:
    active = Flag.objects.filter(
        person_id=incident.person_id, kind=flag_kind, status__in=sorted(ACTIVE_FLAG)
    ).exists()
    kind = raised_by(flag_kind, is_child=counts_as_child(incident.age_at_report)) if active else None
    return _raise(RAISING, incident, kind, by_flag=flag_kind) if kind is not None else None


def _raise(
    actor: Actor, incident: Incident, kind: Kind, *, by_flag: str = "", why: str = ""
) -> Concern | None:
    """None where one of the kind is there: open, or ended on this incident by the same flag."""
    held = Concern.objects.filter(incident=incident, kind=kind)
    if held.exclude(ended_at__isnull=False).exists() or (by_flag and held.filter(by_flag=by_flag).exists()):
        return None
    return _open(actor, incident, kind, by_flag=by_flag, why=why)


def _open(actor: Actor, incident: Incident, kind: Kind, *, by_flag: str, why: str) -> Concern:
    now = timezone.now()
    path = path_of(kind, is_child=counts_as_child(incident.age_at_report))
    concern = Concern.objects.create(
        incident=incident,
        kind=kind,
        path=path,
        by_flag=by_flag,
        raised_by_id=actor.user_id,
        raised_at=now,
        why=why,
        due_at=due_at(path, ConcernStatus.RAISED, now),
    )
    audit.record(actor=actor, action="route.raised", target=concern, incident_id=incident.pk)
    tell(concern, actor, "route.raised", f"Concern raised: {kind.label.lower()}")
    return concern


@transaction.atomic
def follow_age(*, incident_id: int) -> int:
    """The age is known otherwise: concerns that are on the way of the other age begin anew on theirs.

    Of somebody who turns out to be a child the authority hears though an adult's concern has ended: what was
    sent without a name, or with their consent, told it nothing. Returns how many concerns were raised.
    """
    incident = lock_incident(incident_id)
    is_child = counts_as_child(incident.age_at_report)
    raised = sum(_follows(incident, row, is_child=is_child) for row in _on_other_way(incident, is_child))
    if incident.status not in UNENDED or incident.starts_held:
        return raised
    kinds = Flag.objects.filter(person_id=incident.person_id, kind__in=sorted(RAISED_FOR_A_CHILD))
    return raised + sum(
        _raise_for(incident, kind) is not None for kind in kinds.values_list("kind", flat=True)
    )


def _on_other_way(incident: Incident, is_child: bool) -> list[Concern]:
    """Of each kind the open concern, else the latest that was not ruled out, if its path is not the age's."""
    rows = Concern.objects.filter(incident=incident).exclude(status=ConcernStatus.RULED_OUT)
    latest = {row.kind: row for row in sorted(rows, key=lambda row: (row.ended_at is None, row.pk))}
    return [row for row in latest.values() if row.path != path_of(row.kind, is_child=is_child)]


def _follows(incident: Incident, concern: Concern, *, is_child: bool) -> bool:
    if concern.ended_at is not None and not is_child:
        return False
    if concern.ended_at is None:
        move(
            concern,
            CONCERN,
            ConcernStatus.RULED_OUT,
            actor=RAISING,
            reason="The age was corrected: another concern takes the way of that age.",
            changes={"due_at": None, "ended_at": timezone.now()},
        )
    _open(RAISING, incident, Kind(concern.kind), by_flag=concern.by_flag, why=concern.why)
    return True


def tell(concern: Concern, actor: Actor, kind: str, summary: str) -> None:
    """One line on the timeline of the force that holds the incident."""
    add_timeline_entry(
        incident_id=concern.incident_id,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER,
        summary=summary,
        subject=(Concern._meta.label, concern.pk),
        organisation_id=concern.incident.owner_id,
    )
