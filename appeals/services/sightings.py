"""From what the public wrote to what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from appeals import deadlines, policies
from appeals.enums import OF_REVIEWS, OF_SIGHTINGS, SightingStatus, SubmissionKind, Triage
from appeals.events import SightingPassed
from appeals.models import Sighting
from appeals.selectors.sightings import sighting_for, sightings_visible_to
from appeals.services.calling import waits_anew
from appeals.services.common import need, reason_of
from appeals.states import SIGHTING
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import NotVisible
from foundation.files import storage
from foundation.states import move_held
from missingcases.services.common import check_version, lock_incident
from missingcases.services.timeline import add_timeline_entry

_S = SightingStatus


def _hold(actor: Actor, reference: str, version: int | None) -> Sighting:
    """The locked sighting, under its incident's lock."""
    incident_id = (
        sightings_visible_to(actor).filter(reference=reference).values_list("incident_id", flat=True).first()
    )
    if incident_id is None:
        raise NotVisible(reference)
    lock_incident(incident_id)
    rows = Sighting.objects.select_for_update(of=("self",), no_key=True)
    sighting = rows.select_related("appeal", "incident").get(reference=reference)
    check_version(sighting, version, {})
    return sighting


def _may(policy: Callable[[Actor, Sighting], Refusal | None], actor: Actor, sighting: Sighting) -> None:
    require(policy(actor, sighting))


@transaction.atomic
def triage(*, actor: Actor, reference: str, triage: str, words: str, version: int | None = None) -> Sighting:
    """Say what a sighting is. Immediate danger is to be with the force 15 minutes after it came."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_triage, actor, sighting)
    problems = {} if triage in Triage.values else {"triage": "Choose how urgent it is."}
    if triage == Triage.MALICIOUS and not words.strip():
        problems["words"] = "Say why it is thought malicious."
    need(problems)
    now = timezone.now()
    changes: dict[str, object] = {
        "triage": triage,
        "triage_words": words.strip(),
        "triaged_by_id": actor.user_id,
        "triaged_at": now,
        "pass_by": deadlines.pass_by(sighting.received_at, immediate=triage == Triage.IMMEDIATE),
    }
    if sighting.kind != SubmissionKind.SIGHTING or triage == Triage.MALICIOUS:
        changes["pass_by"] = None
    move_held(sighting, SIGHTING, _S.TRIAGED, actor=actor, changes=changes)
    waits_anew(actor, sighting, since=sighting.received_at)
    return sighting


@transaction.atomic
def look_again(*, actor: Actor, reference: str, reason: str, version: int | None = None) -> Sighting:
    """Take the judgement of a sighting back, with the reason."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_look_again, actor, sighting)
    emptied = dict.fromkeys(("triaged_by", "triaged_at", "pass_by")) | {"triage": "", "triage_words": ""}
    move_held(sighting, SIGHTING, _S.RECEIVED, actor=actor, reason=reason_of(reason), changes=emptied)
    waits_anew(actor, sighting, since=timezone.now())
    return sighting


@transaction.atomic
def pass_to_police(*, actor: Actor, reference: str, version: int | None = None) -> Sighting:
    """Hand it to the force that owns the incident, which is to acknowledge it on a clock."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_pass_sighting, actor, sighting)
    now = timezone.now()
    immediate = sighting.triage == Triage.IMMEDIATE
    move_held(
        sighting,
        SIGHTING,
        _S.PASSED_TO_POLICE,
        actor=actor,
        changes={
            "passed_at": now,
            "passed_by_id": actor.user_id,
            "acknowledge_by": deadlines.acknowledge_by(now, immediate=immediate),
        },
    )
    waits_anew(actor, sighting, since=now)
    words = "A sighting of immediate danger was passed on" if immediate else "A sighting was passed on"
    add_timeline_entry(
        incident_id=sighting.incident_id,
        kind="appeals.sighting_passed",
        actor=actor,
        audience="owner",
        summary=f"{words}: {sighting.reference}",
        subject=("appeals.Sighting", sighting.pk),
        organisation_id=sighting.incident.owner_id,
    )
    publish(SightingPassed(sighting_id=sighting.pk, incident_id=sighting.incident_id, at=now))
    return sighting


@transaction.atomic
def acknowledge_sighting(*, actor: Actor, reference: str, version: int | None = None) -> Sighting:
    """The force has it."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_acknowledge_sighting, actor, sighting)
    now = timezone.now()
    changes = {"acknowledged_at": now, "acknowledged_by_id": actor.user_id}
    move_held(sighting, SIGHTING, _S.ACKNOWLEDGED, actor=actor, changes=changes)
    waits_anew(actor, sighting, since=now)
    return sighting


@transaction.atomic
def assess_sighting(*, actor: Actor, reference: str, version: int | None = None) -> Sighting:
    """The force has looked into it."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_assess_sighting, actor, sighting)
    move_held(sighting, SIGHTING, _S.ASSESSED, actor=actor)
    return sighting


@transaction.atomic
def record_sighting_outcome(
    *, actor: Actor, reference: str, outcome: str, words: str = "", version: int | None = None
) -> Sighting:
    """Say what came of it: the force of a sighting, the charity of what somebody wrote of themself."""
    sighting = _hold(actor, reference, version)
    _may(policies.may_finish_sighting, actor, sighting)
    allowed = OF_SIGHTINGS if sighting.kind == SubmissionKind.SIGHTING else OF_REVIEWS
    if outcome not in allowed:
        need({"outcome": "Choose what came of it."})
    now = timezone.now()
    changes = {"outcome": outcome, "outcome_words": words.strip(), "outcome_at": now}
    move_held(sighting, SIGHTING, _S.OUTCOME, actor=actor, changes=changes)
    waits_anew(actor, sighting, since=now)
    return sighting


@transaction.atomic
def open_sighting(*, actor: Actor, reference: str) -> Sighting:
    """Read one sighting; the reading is audited. Raises `NotVisible`."""
    found = sighting_for(actor, reference)
    audit.record(actor=actor, action="appeals.sighting_opened", target=found, incident_id=found.incident_id)
    return found


@transaction.atomic
def open_sighting_photo(*, actor: Actor, reference: str) -> tuple[Sighting, BinaryIO]:
    """The photo that came with a sighting, for showing; audited. Raises `NotVisible` where there is none."""
    sighting = open_sighting(actor=actor, reference=reference)
    if not sighting.photo_name:
        raise NotVisible(reference)
    try:
        handle = storage.path_of(sighting.photo_name).open("rb")
    except OSError:
        raise NotVisible(reference) from None
    return sighting, handle
