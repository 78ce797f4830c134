"""Who may do what in family support. Nothing here answers anybody outside the charity."""

from __future__ import annotations

from datetime import datetime

from families.deadlines import check_holds_until
from families.enums import CaseStatus, Consent, Finding, Wish
from families.models import ContactPoint, FamilyMember, IdentityCheck, SupportCase, Visit
from families.states import VISIT, WORKERS
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.visits.enums import VisitStatus
from missingcases.models import Incident
from missingcases.policies import FAMILY_DANGER, may_tell_of_finding
from missingcases.selectors import kept_from_family, person_kept_from_family

MANAGER = frozenset({Role.CHARITY_MANAGER})
_NOT_WORKER = "Only the charity's family support and helpline staff may do this."

UNSAFE = Refusal("unsafe", "This is marked unsafe. Nothing goes to it, and nobody rings it.")
BLOCKED = Refusal("blocked", "Nothing is told or sent to them: they are blocked in this case.")
_NAMES = {Finding.SAFE_AND_WELL: ("safe_and_well",), Finding.WHEREABOUTS: ("whereabouts",)}


def may_support(actor: Actor) -> Refusal | None:
    """Work with families at all."""
    return holds_any(actor, WORKERS, _NOT_WORKER)


def may_write(actor: Actor, case: SupportCase) -> Refusal | None:
    """Write to a case that the actor sees."""
    if (refusal := may_support(actor)) is not None:
        return refusal
    if case.status == CaseStatus.CLOSED:
        return Refusal("closed", "This case is closed. Reopen it first.")
    return None


def may_narrow(actor: Actor, case: SupportCase) -> Refusal | None:
    """Say which colleagues see a case: whoever the family knows, or the duty manager."""
    if (refusal := may_write(actor, case)) is not None:
        return refusal
    if actor.user_id == case.contact_person_id or actor.holds(MANAGER):
        return None
    return Refusal("role", "The family's single point of contact or the duty manager does this.")


def family_may_be_danger(case: SupportCase) -> bool:
    """Whether somebody in this family may be a danger to the person they miss."""
    if case.incident_id is not None:
        return bool(kept_from_family([case.incident_id]))
    return case.person_id is not None and person_kept_from_family(case.person_id)


def may_reach(member: FamilyMember) -> Refusal | None:
    """Tell or send a member anything where the family may be the danger: only one who was named as safe."""
    if member.safe_at is not None or not family_may_be_danger(member.case):
        return None
    return FAMILY_DANGER


def may_visit(case: SupportCase, member: FamilyMember | None) -> Refusal | None:
    """Go to a family: where somebody of it may be the danger, to one alone who was named as safe."""
    if member is not None:
        return may_reach(member)
    return FAMILY_DANGER if family_may_be_danger(case) else None


def may_name_safe(actor: Actor, member: FamilyMember) -> Refusal | None:
    """Say of a member that they are safe where the family may be a danger: the duty manager."""
    if (refusal := may_write(actor, member.case)) is not None:
        return refusal
    if member.is_blocked:
        return BLOCKED
    return holds_any(actor, MANAGER, "The duty manager names a safe relative, with the safeguarding lead.")


def may_contact(member: FamilyMember) -> Refusal | None:
    """Contact a member of our own accord."""
    return wants_none(member) or may_reach(member)


def wants_none(member: FamilyMember) -> Refusal | None:
    """Whether they are blocked, or wish nothing of us, so that what is planned with them ends."""
    if member.is_blocked:
        return BLOCKED
    if member.contact_wish == Wish.NO:
        return Refusal("wish", "They do not wish to hear from us. They can still contact us.")
    if member.consent == Consent.REFUSED:
        return Refusal("consent", "They did not agree to be supported.")
    return None


def may_use(point: ContactPoint) -> Refusal | None:
    """Ring, text or write to one way to be reached."""
    if point.is_unsafe:
        return UNSAFE
    if point.ended_at is not None:
        return Refusal("ended", "This is not in use any more. Choose another.")
    return None


def is_certain(actor: Actor, check: IdentityCheck | None, now: datetime) -> bool:
    """Whether the actor made certain themselves, lately, who they speak to; the last check counts."""
    if check is None or not check.passed or check.by_id != actor.user_id:
        return False
    return check_holds_until(check.at) > now


def may_tell(
    actor: Actor,
    member: FamilyMember,
    *,
    check: IdentityCheck | None,
    finding: str,
    incident: Incident | None,
    now: datetime,
) -> Refusal | None:
    """Tell a member something: only somebody whose identity is certain, and nothing against a wish.

    Of the finding, only what the person who was found agreed to (domain.md section 1, `disclose_location`).
    Where no incident is known here nobody can say what they agreed to, so nothing of it is told.
    """
    if member.is_blocked:
        return BLOCKED
    if (refusal := may_reach(member)) is not None:
        return refusal
    if not is_certain(actor, check, now):
        return Refusal(
            "identity", "Make certain first who you are speaking to: the code word, or a call back."
        )
    if finding == Finding.NOTHING:
        return None
    if incident is None:
        return Refusal(
            "not_asked", "No incident is linked, so nobody knows what the person agreed to have told."
        )
    return may_tell_of_finding(incident, _NAMES[Finding(finding)])


def may_edit_guidance(actor: Actor) -> Refusal | None:
    """Keep the words that workers explain things with."""
    return holds_any(actor, MANAGER, "The duty manager keeps these words.")


def may_move_visit(actor: Actor, visit: Visit, to: str) -> Refusal | None:
    """Begin, end or call off a visit: whoever goes, and nobody for them."""
    if actor.user_id is None or actor.user_id != visit.worker_id:
        return Refusal("not_theirs", "Whoever goes says this.")
    return VISIT.may(visit, to, actor)


def may_resolve_visit(actor: Actor, visit: Visit) -> Refusal | None:
    """Say what became of a worker who was not heard of: a duty manager, and not of themself."""
    if not visit.called or visit.resolved_at is not None:
        return Refusal("nothing", "This visit waits for nothing.")
    if actor.user_id == visit.worker_id:
        return Refusal("own", "Somebody else says what became of you.")
    return VISIT.may(visit, VisitStatus.RESOLVED, actor)


def may_set_visit_rule(actor: Actor) -> Refusal | None:
    """Say when visits call, and which telephone."""
    return holds_any(actor, MANAGER, "The duty manager sets this.")
