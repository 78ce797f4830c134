"""Who may do what in TextSafe. Nothing here lets the police side learn of replies or of refusals."""

from __future__ import annotations

from datetime import datetime

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident
from missingcases.policies import may_decide_release, may_write
from textsafe.enums import ConversationStatus, EscalationStatus, OfficerStatus, RequestStatus, WordingStatus
from textsafe.models import AutomationPolicy, Conversation, Escalation, Request, Veto, Wording
from textsafe.officer import OfficerView

MANAGER = frozenset({Role.CHARITY_MANAGER})
_NOT_POLICE = "Only the police officers of the incident's force may do this."
_NOT_HELPLINE = "Only the charity's helpline staff may do this."
_NOT_MANAGER = "Only the charity's duty manager may do this."


def _of_the_force(actor: Actor, incident: Incident) -> Refusal | None:
    return holds_any(actor, POLICE | {Role.API_CLIENT}, _NOT_POLICE) or may_write(actor, incident)


def _of_the_charity(actor: Actor, charity_id: int) -> Refusal | None:
    if actor.organisation_id != charity_id:
        return Refusal("organisation", _NOT_HELPLINE)
    return holds_any(actor, HELPLINE, _NOT_HELPLINE)


def may_request(actor: Actor, incident: Incident, *, veto: Veto | None) -> Refusal | None:
    """Whether `actor` may ask for a text. It must not depend on anything the charity alone knows."""
    refused = _of_the_force(actor, incident)
    if refused is not None:
        return refused
    if not incident.is_open:
        return Refusal("not_open", "The person is no longer missing, so no text is sent.")
    if incident.starts_held:
        return Refusal("starts_held", "A supervisor has to confirm the import before anything is sent.")
    if veto is not None:
        return Refusal("veto", "A colleague asked that no text be sent. Lift that first, if it is safe.")
    return None


def may_withdraw(actor: Actor, request: Request, view: OfficerView) -> Refusal | None:
    """Whether `actor` may take a request back: as long as it reads Waiting, whatever stands behind that."""
    refused = _of_the_force(actor, request.incident)
    if refused is None and view.status is not OfficerStatus.WAITING:
        return Refusal("not_waiting", "Only a request that is still waiting can be taken back.")
    return refused


def may_veto(actor: Actor, incident: Incident, *, veto: Veto | None) -> Refusal | None:
    """Whether `actor` may say that no text be sent for this incident."""
    refused = _of_the_force(actor, incident)
    if refused is None and veto is not None:
        return Refusal("veto_stands", "Nobody is sent a text for this incident already.")
    return refused


def may_lift_veto(actor: Actor, incident: Incident, *, veto: Veto | None) -> Refusal | None:
    """Whether `actor` may lift the veto that stands."""
    refused = _of_the_force(actor, incident)
    if refused is None and veto is None:
        return Refusal("no_veto", "Texts are not stopped for this incident.")
    return refused


def may_screen(actor: Actor, request: Request, *, now: datetime) -> Refusal | None:
    """Whether `actor` may approve or refuse now."""
    refused = _of_the_charity(actor, request.charity_id)
    if refused is not None:
        return refused
    if request.status != RequestStatus.REQUESTED:
        return Refusal("screened", "This request has been dealt with.")
    if not request.needs_person or request.not_before > now:
        return Refusal("too_early", "This request does not wait for a screener yet.")
    return None


def may_claim(actor: Actor, conversation: Conversation) -> Refusal | None:
    """Whether `actor` may take a conversation that nobody has."""
    refused = _of_the_charity(actor, conversation.charity_id)
    if refused is None and conversation.status != ConversationStatus.UNCLAIMED:
        return Refusal("claimed", "A colleague already has this conversation, or it is closed.")
    return refused


def may_answer(actor: Actor, conversation: Conversation, *, opted_out: bool) -> Refusal | None:
    """Whether `actor` may write to the person: only who has claimed it, and nobody after STOP."""
    refused = _of_the_charity(actor, conversation.charity_id)
    if refused is not None:
        return refused
    if conversation.number_erased_at is not None:
        return Refusal("erased", "The number has been erased, as the time to keep it is over.")
    if conversation.claimed_by_id != actor.user_id or not _is_running(conversation):
        return Refusal("not_yours", "Claim the conversation before you answer.")
    if opted_out:
        return Refusal("opted_out", "They asked for no more texts. Write only if they say they wish it.")
    return None


def _is_running(conversation: Conversation) -> bool:
    return conversation.status in {ConversationStatus.CLAIMED, ConversationStatus.WAITING}


def may_put_back(actor: Actor, conversation: Conversation) -> Refusal | None:
    """Whether `actor` may give the conversation back or to a colleague: its holder, or the manager."""
    refused = _of_the_charity(actor, conversation.charity_id)
    if refused is not None:
        return refused
    if not _is_running(conversation):
        return Refusal("not_claimed", "Nobody has claimed this conversation.")
    if conversation.claimed_by_id != actor.user_id and not actor.holds(MANAGER):
        return Refusal("not_yours", "Only the colleague who has it, or the duty manager, may hand it over.")
    return None


def may_close(actor: Actor, conversation: Conversation) -> Refusal | None:
    """Whether `actor` may close it: its holder, the manager, or anybody while nobody has it."""
    refused = _of_the_charity(actor, conversation.charity_id)
    if refused is not None:
        return refused
    if conversation.status == ConversationStatus.CLOSED:
        return Refusal("closed", "This conversation is closed.")
    if conversation.status == ConversationStatus.UNCLAIMED:
        return None
    return may_put_back(actor, conversation)


def may_raise(actor: Actor, conversation: Conversation) -> Refusal | None:
    """Whether `actor` may put a concern before the duty manager."""
    return _of_the_charity(actor, conversation.charity_id)


def may_decide_escalation(actor: Actor, escalation: Escalation) -> Refusal | None:
    """Whether `actor` may decide on a concern: the duty manager."""
    refused = _of_the_charity(actor, escalation.conversation.charity_id)
    if refused is not None:
        return refused
    if not actor.holds(MANAGER):
        return Refusal("role", _NOT_MANAGER)
    if escalation.status not in {EscalationStatus.RAISED, EscalationStatus.TAKEN}:
        return Refusal("decided", "This concern has been decided.")
    return None


def may_propose(actor: Actor, escalation: Escalation) -> Refusal | None:
    """Whether `actor` may write the words that the force would read."""
    refused = _of_the_charity(actor, escalation.conversation.charity_id)
    if refused is not None:
        return refused
    if escalation.status not in {EscalationStatus.RAISED, EscalationStatus.TAKEN}:
        return Refusal("decided", "This concern has been decided.")
    if escalation.conversation.request is None:
        return Refusal("no_incident", "This number belongs to no incident here. Ring the police on 999.")
    return None


def may_release(actor: Actor, escalation: Escalation) -> Refusal | None:
    """Whether `actor` may let the force read the proposed words: a duty manager who did not write them."""
    refused = may_decide_escalation(actor, escalation)
    if refused is not None:
        return refused
    if escalation.release is None:
        return Refusal("no_words", "First somebody writes what the force is to read.")
    return may_decide_release(actor, escalation.release)


def may_lift_suppression(actor: Actor, conversation: Conversation) -> Refusal | None:
    """Whether `actor` may lift an opt-out at the person's wish: the helpline alone."""
    refused = _of_the_charity(actor, conversation.charity_id)
    if refused is None and conversation.number_erased_at is not None:
        return Refusal("erased", "The number has been erased. Ask the person for it, and allow texts to it.")
    return refused


def may_lift_by_number(actor: Actor) -> Refusal | None:
    """Whether `actor` may lift an opt-out of a number that the person gave: the helpline alone."""
    return _charity_role(actor, HELPLINE, _NOT_HELPLINE)


def may_draft_wording(actor: Actor) -> Refusal | None:
    """Whether `actor` may write a new version of a wording."""
    return _charity_role(actor, HELPLINE, _NOT_HELPLINE)


def may_approve_wording(actor: Actor, wording: Wording) -> Refusal | None:
    """Whether `actor` may put a draft into use: a manager who did not write it."""
    refused = _charity_role(actor, MANAGER, _NOT_MANAGER)
    if refused is not None:
        return refused
    if wording.status != WordingStatus.DRAFT:
        return Refusal("not_draft", "Only a draft can be approved.")
    if wording.drafted_by_id is not None and wording.drafted_by_id == actor.user_id:
        return Refusal("own_draft", "Somebody else has to approve what you wrote.")
    return None


def may_retire_wording(actor: Actor, wording: Wording) -> Refusal | None:
    """Whether `actor` may take a wording out of use."""
    refused = _charity_role(actor, MANAGER, _NOT_MANAGER)
    if refused is None and wording.status == WordingStatus.RETIRED:
        return Refusal("retired", "This wording is no longer used.")
    return refused


def _charity_role(actor: Actor, roles: frozenset[Role], message: str) -> Refusal | None:
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", message)
    return holds_any(actor, roles, message)


def may_change_policy(actor: Actor, policy: AutomationPolicy) -> Refusal | None:
    """Whether `actor` may set a force's policy: its own inspectors."""
    if actor.organisation_id != policy.organisation_id:
        return Refusal("organisation", "Only the force itself may change its policy.")
    return holds_any(actor, INSPECTORS, "Only an inspector of the force, or above, may change its policy.")


def may_stop_policy(actor: Actor, policy: AutomationPolicy) -> Refusal | None:
    """Whether `actor` may turn a force's automatic texts off: its inspectors, or the charity's manager."""
    if not policy.is_on:
        return Refusal("off", "Automatic texts are off.")
    if _charity_role(actor, MANAGER, _NOT_MANAGER) is None:
        return None
    return may_change_policy(actor, policy)
