"""What is to come of an interview: proposed by the answers, decided by the interviewer, then done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import LineDetails
from missingcases.services import lock_incident
from rhi.authorities import nation_of
from rhi.interviews import actions, selectors
from rhi.interviews.deadlines import action_due_at
from rhi.interviews.enums import Ground, OutcomeKind, OutcomeStatus
from rhi.interviews.models import Interview, Outcome
from rhi.interviews.policies import may_pass_on, may_write, wish_asked
from rhi.interviews.states import OUTCOME

NOT_OURS = Refusal("not_ours", "This was done, or is for the other body to do.")


@transaction.atomic
def confirm_outcome(
    *,
    actor: Actor,
    reference: str,
    kind: str,
    ground: str = "",
    words: str = "",
    due_at: datetime | None = None,
) -> Outcome:
    """Decide that something is to be done. `words` are chosen for whoever acts, never the transcript.

    Raises `Refused` where the child has not agreed and it is none of what is always passed on; `Invalid`,
    `NotVisible`.
    """
    interview = _held(actor, reference)
    if kind not in OutcomeKind.values:
        raise Invalid({"kind": "Choose what is to come of it."})
    goes_to_somebody = bool(wish_asked(kind))
    problems: dict[str, str] = {}
    if goes_to_somebody and ground not in Ground.values:
        problems["ground"] = "Say why it may be passed on."
    if goes_to_somebody and not words.strip():
        problems["words"] = "Write what whoever acts on it has to know, in your own words."
    if problems:
        raise Invalid(problems)
    require(may_pass_on(kind, ground, selectors.wishes_of(selectors.answers_of(interview))))
    now = timezone.now()
    outcome = Outcome.objects.create(
        interview=interview,
        kind=kind,
        ground=ground if goes_to_somebody else "",
        words=words.strip(),
        status=OutcomeStatus.CONFIRMED,
        due_at=due_at or action_due_at(kind, now, nation=nation_of(interview.referral.authority)),
        decided_by_id=actor.user_id or 0,
        decided_at=now,
    )
    audit.record(actor=actor, action="outcome.confirmed", target=outcome, fields=["kind", "ground"])
    if kind == OutcomeKind.POLICE_INTELLIGENCE:
        _draft_intelligence(actor, outcome)
    return outcome


def _draft_intelligence(actor: Actor, outcome: Outcome) -> None:
    """A report of the chosen words alone, which its author grades and sanitises before it goes anywhere.

    Every report from one child's interviews has one source, which names nobody.
    """
    incident = outcome.interview.referral.incident
    intelligence.draft(
        actor=actor,
        lines=[LineDetails(original=outcome.words)],
        origin=Origin.INTERVIEW,
        origin_label=Outcome._meta.label,
        origin_id=outcome.pk,
        incident_id=incident.pk,
        source_key=f"missingcases.MissingPerson:{incident.person_id}",
    )


@transaction.atomic
def drop_outcome(*, actor: Actor, reference: str, kind: str, reason: str) -> Outcome:
    """Decide that nothing is to come of a proposal, and why. Raises `Invalid`, `NotVisible`, `Refused`."""
    interview = _held(actor, reference)
    if kind not in {one.kind for one in selectors.proposals_of(interview, selectors.answers_of(interview))}:
        raise Invalid({"kind": "This is not proposed any more."})
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})
    outcome = Outcome.objects.create(
        interview=interview,
        kind=kind,
        result=reason.strip(),
        status=OutcomeStatus.DROPPED,
        decided_by_id=actor.user_id or 0,
        decided_at=timezone.now(),
    )
    audit.record(actor=actor, action="outcome.dropped", target=outcome, fields=["kind"])
    return outcome


@transaction.atomic
def finish_outcome(*, actor: Actor, outcome_reference: str, result: str) -> Outcome:
    """Record that it was done, and what came of it. Raises `NotVisible`, `Refused`, `Invalid`."""
    outcome = selectors.outcome_named(actor, outcome_reference)
    if not result.strip():
        raise Invalid({"result": "Say what came of it."})
    changes = {"done_at": timezone.now(), "done_by_id": actor.user_id, "result": result.strip()}
    return move(outcome, OUTCOME, OutcomeStatus.DONE, actor=actor, changes=changes)


@transaction.atomic
def finish_action(*, actor: Actor, reference: str, result: str) -> Outcome:
    """Record what came of an action, for whoever has to do it now: the provider, or the authority.

    Raises `NotVisible`, `Refused`, `Invalid`.
    """
    outcome = actions.action_named(actor, reference)
    if not actions.owed_by(actor).filter(pk=outcome.pk).exists():
        raise Refused(NOT_OURS)
    if not result.strip():
        raise Invalid({"result": "Say what came of it."})
    changes = {"done_at": timezone.now(), "done_by_id": actor.user_id, "result": result.strip()}
    return move(outcome, OUTCOME, OutcomeStatus.DONE, actor=actor, changes=changes)


@transaction.atomic
def note_action_read(*, actor: Actor, outcome: Outcome) -> None:
    """Every look at what is to be done for a child is in the trail."""
    audit.record(actor=actor, action="outcome.read", target=outcome)


def _held(actor: Actor, reference: str) -> Interview:
    """The interview, locked after its incident, if the actor may write in it."""
    found = selectors.interview_named(actor, reference)
    lock_incident(found.referral.incident_id)
    Interview.objects.select_for_update(no_key=True).only("pk").get(pk=found.pk)
    interview = selectors.interview_named(actor, reference)
    require(may_write(actor, interview))
    return interview
