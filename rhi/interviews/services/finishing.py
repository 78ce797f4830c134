"""Completing an interview, a second look at it, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.states import move
from missingcases.services import lock_incident
from rhi import services as referrals
from rhi.enums import ReferralStatus
from rhi.interviews import selectors
from rhi.interviews.enums import InterviewStatus, PhoneEnd
from rhi.interviews.models import Interview
from rhi.interviews.policies import may_write
from rhi.interviews.services.phones import end_copies
from rhi.interviews.states import INTERVIEW

_REPORTED = Refusal(
    "reported", "The report has gone to the authority: write a new one rather than change this."
)


@transaction.atomic
def complete(*, actor: Actor, reference: str, held_at: datetime) -> Interview:
    """Say that all of it is written. It leaves every phone, and the referral learns that it was held.

    Raises `Invalid` with what is still open, `NotVisible`, `Refused`.
    """
    found = selectors.interview_named(actor, reference)
    require(may_write(actor, found))
    lock_incident(found.referral.incident_id)
    if problems := still_open(found, held_at):
        raise Invalid(problems)
    changes = {"completed_at": timezone.now(), "completed_by_id": actor.user_id, "held_at": held_at}
    done = move(found, INTERVIEW, InterviewStatus.COMPLETED, actor=actor, changes=changes)
    end_copies(selectors.copies_out(done), PhoneEnd.FINISHED)
    if found.referral.status == ReferralStatus.ACCEPTED:
        referrals.record_held(actor=actor, referral_id=done.referral_id, completed_at=held_at)
    return done


def still_open(interview: Interview, held_at: datetime) -> dict[str, str]:
    """What stands against completing it, by the field that says so."""
    answers = selectors.answers_of(interview)
    problems: dict[str, str] = {}
    if not any(row.words or row.choice for row in answers.values()):
        problems["written"] = "Nothing is written yet."
    if not_asked := selectors.unanswered_wishes(answers):
        problems["wishes"] = f"Ask the child, or say that they would not: {'; '.join(not_asked)}."
    if proposed := selectors.proposals_of(interview, answers):
        problems["outcomes"] = f"Decide what is to come of it: {len(proposed)} proposed."
    elif not interview.outcomes.exists():
        problems["outcomes"] = "Say what is to come of it, if only that nothing further is."
    if held_at > timezone.now():
        problems["held_at"] = "This time is in the future."
    elif held_at < interview.referral.clock_start:
        problems["held_at"] = "The child had not returned yet at this time."
    return problems


@transaction.atomic
def approve(*, actor: Actor, reference: str) -> Interview:
    """A second person has read it. Raises `NotVisible`, `Refused`."""
    found = selectors.interview_named(actor, reference)
    changes = {"approved_at": timezone.now(), "approved_by_id": actor.user_id}
    return move(found, INTERVIEW, InterviewStatus.APPROVED, actor=actor, changes=changes)


@transaction.atomic
def reopen(*, actor: Actor, reference: str, reason: str) -> Interview:
    """Give it back to its interviewer to be mended. Raises `NotVisible`, `Refused`."""
    found = selectors.interview_named(actor, reference)
    require(may_reopen(actor, found))
    return move(found, INTERVIEW, InterviewStatus.DRAFT, actor=actor, reason=reason)


def may_approve(actor: Actor, interview: Interview) -> Refusal | None:
    """Whether the actor may say that they have read it."""
    return INTERVIEW.may(interview, InterviewStatus.APPROVED, actor)


def may_reopen(actor: Actor, interview: Interview) -> Refusal | None:
    """Whether the actor may give it back."""
    if interview.referral.reported_at is not None:
        return _REPORTED
    return INTERVIEW.may(interview, InterviewStatus.DRAFT, actor)
