"""Opening, narrowing, handing on and ending a support case."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from families import policies
from families.enums import CaseStatus, Nation
from families.models import CaseAccess, SupportCase
from families.selectors.cases import access_of
from families.services import planning
from families.services.common import case_to_write, edit, filled, is_worker, locked_case
from families.states import CASE
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move_held
from missingcases.models import Incident
from missingcases.selectors import incidents_visible_to


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """What is known when a family is first supported. `about` is whom they miss, in their words."""

    about: str
    missing_since: date | None = None
    nation: str = Nation.ENGLAND_WALES


@transaction.atomic
def open_case(*, actor: Actor, details: CaseDetails, incident_reference: str = "") -> SupportCase:
    """Open a case; whoever opens it is the family's single point of contact until somebody else is.

    Raises `Refused`, and `Invalid` for a reference that is of no incident the actor sees.
    """
    require(policies.may_support(actor))
    incident = _incident(actor, incident_reference)
    case = SupportCase.objects.create(
        charity_id=actor.organisation_id or 0,
        incident=incident,
        person_id=incident.person_id if incident else None,
        about=filled("about", details.about, "Say whom they miss."),
        missing_since=details.missing_since,
        nation=details.nation,
        contact_person_id=actor.user_id,
        opened_by_id=actor.user_id,
        opened_at=timezone.now(),
    )
    audit.record(actor=actor, action="families.case_opened", target=case, incident_id=case.incident_id)
    planning.set_signposts(case)
    return case


def _incident(actor: Actor, reference: str) -> Incident | None:
    if not reference.strip():
        return None
    found = incidents_visible_to(actor).filter(reference=reference.strip().upper()).first()
    if found is None:
        raise Invalid({"incident": "No incident of this reference is shared with us."})
    return found


@transaction.atomic
def change_case(*, actor: Actor, case_id: int, version: int, details: CaseDetails) -> SupportCase:
    """Change what is known. Raises `Conflict` where somebody saved since `version`."""
    case = case_to_write(actor, case_id)
    changes = asdict(details) | {"about": filled("about", details.about, "Say whom they miss.")}
    changed = edit(case, version=version, changes=changes)
    if changed:
        audit.record(actor=actor, action="families.case_changed", target=case, fields=changed)
    if {"missing_since", "nation"} & set(changed):
        planning.set_signposts(case)
    return case


@transaction.atomic
def link_incident(*, actor: Actor, case_id: int, incident_reference: str) -> SupportCase:
    """Link the incident that police told us of. Whoever holds the incident learns nothing of it."""
    case = case_to_write(actor, case_id)
    incident = _incident(actor, filled("incident", incident_reference, "Give the incident's reference."))
    case.incident = incident
    case.person_id = incident.person_id if incident else None
    case.version += 1
    case.save(update_fields=["incident", "person", "version"])
    audit.record(
        actor=actor,
        action="families.incident_linked",
        target=case,
        incident_id=case.incident_id,
        fields=["incident"],
    )
    return case


@transaction.atomic
def set_contact_person(*, actor: Actor, case_id: int, user_id: int) -> SupportCase:
    """Name the single point of contact; in a narrowed case that names them for it too."""
    case = case_to_write(actor, case_id)
    if not is_worker(user_id, case.charity_id):
        raise Invalid({"to": "Choose a colleague who supports families."})
    if access_of(case).filter(user_id=user_id, is_kept_out=True).exists():
        raise Invalid({"to": "This colleague is kept out of the case."})
    case.contact_person_id = user_id
    case.version += 1
    case.save(update_fields=["contact_person", "version"])
    audit.record(actor=actor, action="families.contact_person_set", target=case, fields=["contact_person"])
    if case.is_narrowed:
        _name(case, actor, user_id, is_kept_out=False)
    return case


@transaction.atomic
def narrow_case(*, actor: Actor, case_id: int, reason: str) -> SupportCase:
    """From now on only named colleagues and duty managers see it: the narrower and the contact person."""
    case = case_to_write(actor, case_id)
    require(policies.may_narrow(actor, case))
    _set_narrowed(case, actor, True, filled("reason", reason, "Say why. This is kept with the record."))
    for user_id in {actor.user_id, case.contact_person_id} - {None}:
        _name(case, actor, int(user_id or 0), is_kept_out=False)
    return case


@transaction.atomic
def widen_case(*, actor: Actor, case_id: int, reason: str) -> SupportCase:
    """Open it to the team again; whoever is kept out stays out."""
    case = case_to_write(actor, case_id)
    require(policies.may_narrow(actor, case))
    _set_narrowed(case, actor, False, filled("reason", reason, "Say why. This is kept with the record."))
    return case


def _set_narrowed(case: SupportCase, actor: Actor, narrowed: bool, reason: str) -> None:
    case.is_narrowed = narrowed
    case.version += 1
    case.save(update_fields=["is_narrowed", "version"])
    action = "families.case_narrowed" if narrowed else "families.case_widened"
    audit.record(actor=actor, action=action, target=case, fields=["is_narrowed"], reason=reason)


@transaction.atomic
def name_colleague(*, actor: Actor, case_id: int, user_id: int, is_kept_out: bool) -> CaseAccess:
    """Name a colleague for the case, or keep one out of it: a relative, or somebody in a conflict.

    The family's single point of contact cannot be kept out: name another first.
    """
    case = case_to_write(actor, case_id)
    require(policies.may_narrow(actor, case))
    if not is_worker(user_id, case.charity_id):
        raise Invalid({"to": "Choose a colleague who supports families."})
    if is_kept_out and user_id == case.contact_person_id:
        raise Invalid({"to": "They are the family's single point of contact. Name another first."})
    return _name(case, actor, user_id, is_kept_out=is_kept_out)


def _name(case: SupportCase, actor: Actor, user_id: int, *, is_kept_out: bool) -> CaseAccess:
    now = timezone.now()
    known = access_of(case).filter(user_id=user_id).first()
    if known is not None and known.is_kept_out == is_kept_out:
        return known
    if known is not None:
        known.ended_at = now
        known.save(update_fields=["ended_at"])
    row = CaseAccess.objects.create(
        case=case, user_id=user_id, is_kept_out=is_kept_out, added_by_id=actor.user_id or 0, added_at=now
    )
    action = "families.colleague_kept_out" if is_kept_out else "families.colleague_named"
    audit.record(actor=actor, action=action, target=row)
    return row


@transaction.atomic
def end_access(*, actor: Actor, case_id: int, access_id: int) -> None:
    """Take back that a colleague is named or kept out."""
    case = case_to_write(actor, case_id)
    require(policies.may_narrow(actor, case))
    row = access_of(case).filter(pk=access_id).first()
    if row is not None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        audit.record(actor=actor, action="families.colleague_access_ended", target=row)


@transaction.atomic
def begin_aftercare(*, actor: Actor, case_id: int) -> SupportCase:
    """The person is back, or known to have died, and the family is supported on. Follow-ups go on."""
    case = case_to_write(actor, case_id)
    move_held(case, CASE, CaseStatus.AFTERCARE, actor=actor, changes={"paused_at": None})
    planning.resume(case, actor=actor)
    return case


@transaction.atomic
def go_on(*, actor: Actor, case_id: int) -> SupportCase:
    """The incident ended and a person says that the family is followed up as planned all the same."""
    case = case_to_write(actor, case_id)
    case.paused_at = None
    case.version += 1
    case.save(update_fields=["paused_at", "version"])
    audit.record(actor=actor, action="families.case_goes_on", target=case, fields=["paused_at"])
    planning.resume(case, actor=actor)
    return case


@transaction.atomic
def resume_case(*, actor: Actor, case_id: int) -> SupportCase:
    """They are missing again, or it was a mistake: support as before."""
    case = case_to_write(actor, case_id)
    move_held(case, CASE, CaseStatus.OPEN, actor=actor)
    return case


@transaction.atomic
def close_case(*, actor: Actor, case_id: int, reason: str) -> SupportCase:
    """End the support: what is planned stops. Raises `Refused` without a reason."""
    case = case_to_write(actor, case_id)
    changes = {"closed_at": timezone.now(), "paused_at": None}
    move_held(case, CASE, CaseStatus.CLOSED, actor=actor, reason=reason, changes=changes)
    planning.stop(case, actor=actor)
    return case


@transaction.atomic
def reopen_case(*, actor: Actor, case_id: int, reason: str) -> SupportCase:
    """Support a family again. Follow-ups are planned anew by whoever speaks to them."""
    case = locked_case(actor, case_id)
    move_held(
        case,
        CASE,
        CaseStatus.OPEN,
        actor=actor,
        reason=reason,
        changes={"closed_at": None, "erased_at": None},
    )
    return case
