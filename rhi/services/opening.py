"""Opening a referral: by itself when a child returns, by a system, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.access import require
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.deadlines import CHILD_UNTIL, age_at
from missingcases.enums import Known, Outcome
from missingcases.models import Incident
from missingcases.policies import has_held_release, sees_record
from missingcases.services import lock_incident
from rhi import policies
from rhi.authorities import Responsible, responsible_for
from rhi.deadlines import interview_due_at
from rhi.enums import AWAITED, EndedBy, GenderPreference, OfferedTo, Origin
from rhi.models import AuthorityPolicy, Referral
from rhi.selectors import policy_of, running_of
from rhi.services.passing_on import pass_on_if_allowed
from rhi.system import OPENING


@dataclass(frozen=True, kw_only=True)
class Details:
    """What whoever refers a child by hand knows of reaching them. All of it may be empty."""

    child_called: str = ""
    carer: str = ""
    safe_contact: str = ""
    language: str = ""
    needs: str = ""
    gender_preference: str = GenderPreference.NONE
    worker_safety: str = ""
    cared_for_by: str = ""


@transaction.atomic
def open_for_return(*, incident_id: int) -> Referral | None:
    """Refer the child who has returned, if their authority has interviews offered; None where not.

    Reads the present state, so that a late or doubled event does no harm. Nothing opens by itself for a
    restricted incident (it may be about a colleague), or for somebody who may be of age.
    """
    incident = lock_incident(incident_id)
    if incident.returned_at is None or incident.starts_held or incident.outcome == Outcome.LOCATED_DECEASED:
        return None
    # What ended because a finding, or a death, was recorded in error does not stand in the way.
    over = (EndedBy.FINDING_TAKEN_BACK, EndedBy.DECEASED)
    known = Referral.objects.filter(incident_id=incident_id).exclude(ended_by__in=over)
    if known.exists():
        _correct_clock(known.filter(status__in=sorted(AWAITED)).first(), incident.returned_at)
        return None
    if incident.is_restricted or not _is_child(incident, incident.returned_at):
        return None
    them = responsible_for(incident)
    provider = _provider_for(incident, them)
    if provider is None:
        return None
    return _open(OPENING, incident, incident.returned_at, them, provider, Origin.RETURN, Details())


def _is_child(incident: Incident, returned_at: datetime) -> bool:
    age = age_of(incident, returned_at)
    return age < CHILD_UNTIL if age is not None else incident.looked_after == Known.YES


def age_of(incident: Incident, moment: datetime) -> int | None:
    """The age of an incident's person then, where it is known."""
    who = incident.person
    return age_at(
        moment,
        date_of_birth=who.date_of_birth,
        estimated_age=who.estimated_age,
        estimated_on=who.estimated_on,
    )


def _provider_for(incident: Incident, them: Responsible) -> Organisation | None:
    """Who interviews by the authority's policy. Where no authority is known, the charity asks which it is."""
    if them.authority_id is None:
        anybody = AuthorityPolicy.objects.filter(is_on=True).exists()
        return the_charity() if anybody else None
    policy = policy_of(them.authority_id)
    if policy is None or not policy.is_on:
        return None
    if policy.offered_to == OfferedTo.LOOKED_AFTER and incident.looked_after != Known.YES:
        return None
    return None if them.out_of_area and not policy.out_of_area else policy.provider


def _correct_clock(referral: Referral | None, returned_at: datetime) -> None:
    """The force corrected the time of the return: the clock of who still waits starts there."""
    if referral is None or referral.clock_start == returned_at:
        return
    referral.clock_start, referral.due_at = returned_at, interview_due_at(returned_at)
    referral.version += 1
    referral.save(update_fields=["clock_start", "due_at", "version", "updated_at"])
    audit.record(
        actor=OPENING,
        action="rhi.clock_corrected",
        target=referral,
        incident_id=referral.incident_id,
        fields=["clock_start", "due_at"],
    )


@transaction.atomic
def refer(
    *,
    actor: Actor,
    incident_id: int,
    returned_at: datetime | None = None,
    authority_id: int | None = None,
    details: Details | None = None,
) -> Referral:
    """Refer a child by hand, or for a system. `returned_at` is asked where the force has not recorded it.

    Raises `NotVisible`, `Refused` and `Invalid`; a second referral of a running one is refused.
    """
    incident = lock_incident(incident_id)
    if not (sees_record(actor, incident) or has_held_release(actor, incident)):
        raise NotVisible(f"incident {incident_id}")
    start = incident.returned_at or returned_at
    age = age_of(incident, start or timezone.now())
    require(policies.may_refer(actor, incident, age=age, running=running_of(incident_id) is not None))
    given = details or Details()
    them = _responsible(incident, authority_id)
    start = _checked(incident, start, given, authority_id)
    policy = policy_of(them.authority_id)
    provider = policy.provider if policy is not None and policy.is_on else the_charity()
    origin = Origin.SYSTEM if actor.holds({Role.API_CLIENT}) else Origin.HAND
    return _open(actor, incident, start, them, provider, origin, given)


def _responsible(incident: Incident, authority_id: int | None) -> Responsible:
    """Those on the incident; whoever refers names one where the incident does not."""
    them = responsible_for(incident)
    if them.authority_id is not None or authority_id is None:
        return them
    return Responsible(authority_id, them.host_id if them.host_id != authority_id else None)


def _checked(
    incident: Incident, start: datetime | None, given: Details, authority_id: int | None
) -> datetime:
    """When the child returned. Raises `Invalid`."""
    problems: dict[str, str] = {}
    if start is None:
        problems["returned_at"] = "Say when the child was back at home or in their placement."
    elif start > timezone.now():
        problems["returned_at"] = "This time is in the future."
    elif incident.located_at is not None and start < incident.located_at:
        problems["returned_at"] = "They were located after this time."
    if given.gender_preference not in GenderPreference.values:
        problems["gender_preference"] = "Choose one of the listed values."
    if authority_id is not None and not authorities().filter(pk=authority_id).exists():
        problems["authority"] = "Choose a local authority."
    if problems or start is None:
        raise Invalid(problems)
    return start


def authorities() -> QuerySet[Organisation]:
    """The local authorities that work here now."""
    return Organisation.objects.filter(kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True)


def _open(
    actor: Actor,
    incident: Incident,
    start: datetime,
    them: Responsible,
    provider: Organisation,
    origin: Origin,
    given: Details,
) -> Referral:
    written = {name: text.strip() for name, text in vars(given).items()}
    referral = Referral.objects.create(
        incident=incident,
        age_at_return=age_of(incident, start),
        looked_after=incident.looked_after == Known.YES,
        authority_id=them.authority_id,
        host_authority_id=them.host_id,
        provider=provider,
        origin=origin,
        referred_by_id=actor.user_id,
        referred_at=timezone.now(),
        clock_start=start,
        due_at=interview_due_at(start),
        **written,
    )
    audit.record(
        actor=actor,
        action="rhi.referred",
        target=referral,
        incident_id=incident.pk,
        fields=["provider", "authority", "clock_start", *(name for name, text in written.items() if text)],
    )
    # Only the force passes on what the force knows.
    of_force = actor.is_system or actor.organisation_id == incident.owner_id
    if of_force and them.authority_id is not None:
        pass_on_if_allowed(actor, referral)
    return referral
