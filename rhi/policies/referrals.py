"""Who may refer a child, share referrals out, and work on one."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import HELPLINE, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.deadlines import CHILD_UNTIL
from missingcases.enums import Outcome
from missingcases.models import Incident
from missingcases.policies import has_held_release, may_write, sees_record
from rhi.enums import ReferralStatus
from rhi.models import AuthorityPolicy, Concern, Referral
from rhi.states import ALLOCATORS, REFERRAL

NOT_VISIBLE = Refusal("not_visible", "You cannot see this referral.")
_NOT_YOURS = "A missing person coordinator, the responsible authority or the charity refers a child."
_REFERRERS = frozenset({Role.POLICE_COORDINATOR, Role.API_CLIENT})


def may_refer(actor: Actor, incident: Incident, *, age: int | None, running: bool) -> Refusal | None:
    """Whether `actor` may refer the child of an incident now. `age` is theirs at the return, where known."""
    if not actor.is_system and (refusal := _may_ask(actor, incident)) is not None:
        return refusal
    if incident.outcome == Outcome.LOCATED_DECEASED:
        return Refusal("deceased", "The person has died: no interview is offered.")
    if incident.is_open:
        return Refusal("not_returned", "The person is still missing.")
    if age is not None and age >= CHILD_UNTIL:
        return Refusal("adult", "Return Home Interviews are for children under 18.")
    if running:
        return Refusal("running", "This return has been referred already.")
    return None


def _may_ask(actor: Actor, incident: Incident) -> Refusal | None:
    kind = actor.organisation_kind
    if kind == OrganisationKind.CHARITY:
        refused = holds_any(actor, HELPLINE, _NOT_YOURS)
        return refused or (None if has_held_release(actor, incident) else NOT_VISIBLE)
    if kind == OrganisationKind.LOCAL_AUTHORITY:
        refused = holds_any(actor, {Role.LOCAL_AUTHORITY}, _NOT_YOURS)
        return refused or (None if sees_record(actor, incident) else NOT_VISIBLE)
    return holds_any(actor, _REFERRERS, _NOT_YOURS) or may_write(actor, incident)


def may_work(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may record contacts and answers: its interviewer, or who shares referrals out."""
    if actor.organisation_id != referral.provider_id:
        return NOT_VISIBLE
    if actor.holds(ALLOCATORS):
        return None
    is_theirs = actor.user_id is not None and actor.user_id == referral.interviewer_id
    return None if is_theirs and actor.holds({Role.RHI_INTERVIEWER}) else NOT_VISIBLE


def may_allocate(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may give the referral to an interviewer."""
    refused = may_allocate_for(actor, referral)
    if refused is not None:
        return refused
    if not referral.is_running or referral.status in {ReferralStatus.COMPLETED, ReferralStatus.REPORTED}:
        return Refusal("settled", "There is no interview left to give to anybody.")
    if referral.authority_id is None:
        return Refusal("no_authority", "Say first which authority is responsible for the child.")
    return None


def may_answer_for(actor: Actor, referral: Referral, to: str) -> Refusal | None:
    """Whether `actor` may record what was answered, or that the interview was held."""
    return may_work(actor, referral) or REFERRAL.may(referral, to, actor)


def may_end(actor: Actor, referral: Referral, to: str) -> Refusal | None:
    """Whether `actor` may withdraw or close a referral: who shares them out."""
    return may_allocate_for(actor, referral) or REFERRAL.may(referral, to, actor)


def may_allocate_for(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` shares out the referrals of this one's provider."""
    if actor.organisation_id != referral.provider_id:
        return NOT_VISIBLE
    return holds_any(
        actor, ALLOCATORS, "Whoever shares out the interviews does this: a duty manager, or the authority."
    )


def may_change_policy(actor: Actor, policy: AuthorityPolicy) -> Refusal | None:
    """Whether `actor` may say what is offered to an authority's children: that authority itself."""
    if actor.organisation_id != policy.authority_id:
        return Refusal("organisation", "Only the authority itself says this: it is the duty-holder.")
    return holds_any(actor, {Role.LOCAL_AUTHORITY}, "A worker of the authority says this.")


def may_pass_on(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may pass on what their force knows of a child who was referred."""
    if not referral.is_running:
        return Refusal("ended", "This referral has ended.")
    if referral.authority_id is None:
        return Refusal("no_authority", "It is not said yet which authority is responsible for the child.")
    return holds_any(
        actor, {Role.POLICE_COORDINATOR}, "A missing person coordinator passes on what the force knows."
    ) or may_write(actor, referral.incident)


def may_say_authority(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may say which authority is responsible, where it is not known."""
    if referral.authority_id is not None or not referral.is_running:
        return Refusal("known", "It is known which authority is responsible.")
    return may_allocate_for(actor, referral)


def may_settle(actor: Actor, referral: Referral, concern: Concern) -> Refusal | None:
    """Whether `actor` may say what was done about a concern: a manager who did not raise it."""
    if (refusal := may_allocate_for(actor, referral)) is not None:
        return refusal
    if concern.settled_at is not None:
        return Refusal("settled", "This has been settled.")
    if concern.raised_by_id == actor.user_id:
        return Refusal("own", "Somebody else looks at what you raised.")
    return None


def may_set_visit_rule(actor: Actor) -> Refusal | None:
    """Whether `actor` may set when visits call, and which telephone: whoever shares out the interviews."""
    return holds_any(actor, ALLOCATORS, "Whoever shares out the interviews does this.")


def may_edit(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may change how the child is reached, and what they need."""
    refused = may_work(actor, referral)
    if refused is None and not referral.is_running:
        return Refusal("ended", "This referral has ended.")
    return refused


def may_say_why_late(actor: Actor, referral: Referral, *, late: bool) -> Refusal | None:
    """Whether `actor` may say why a time was missed; there is nothing to say of one that was kept."""
    refused = may_work(actor, referral)
    if refused is None and not late:
        return Refusal("in_time", "This was done in time.")
    return refused


def may_step_back(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may give back a child whom they know: its interviewer, before anything was offered."""
    if actor.user_id is None or actor.user_id != referral.interviewer_id:
        return NOT_VISIBLE
    return may_work(actor, referral) or REFERRAL.may(referral, ReferralStatus.REFERRED, actor)


def may_report(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may send the authority its report: whoever held the interview, or shares them out."""
    refused = may_answer_for(actor, referral, ReferralStatus.REPORTED)
    if refused is None and referral.authority_id is None:
        return Refusal("no_authority", "Say first which authority is responsible for the child.")
    return refused
