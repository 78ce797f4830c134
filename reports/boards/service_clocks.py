"""The clocks of the services: interviews, replies, texts nobody asked for, takedowns, sightings."""

from __future__ import annotations

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from appeals.deadlines import CONFIRM_WITHIN, TELL_WITHIN, TRIAGE_WITHIN
from appeals.enums import OURS, Channel, SubmissionKind, WithdrawCause
from appeals.models import Placement, Sighting
from appeals.models.placements import OWED
from reports.boards import records
from reports.boards.kinds import Clock, Rows
from rhi.enums import EndedBy, ReferralStatus
from rhi.models import Referral
from textsafe.deadlines import ANSWER_WITHIN
from textsafe.enums import Direction
from textsafe.models import Conversation, ConversationMessage, TriageItem

FEWEST = 10  # of a confidential service, to a force (domain.md section 6, P)
_NOT_OWED = Q(status__in=[ReferralStatus.WITHDRAWN, ReferralStatus.DECEASED]) | Q(
    ended_by=EndedBy.FINDING_TAKEN_BACK
)
_AUTHORITY = Coalesce(F("authority__name"), Value(""))
_CONFIRMED = "confirmed"


def _interview(met: str) -> Rows:
    return Rows(
        of=lambda: Referral.objects.exclude(_NOT_OWED),
        due="due_at",
        met=F(met),
        started=F("clock_start"),
        group=_AUTHORITY,
        force="incident__owner_id",
        charity="provider_id",
        record="pk",
    )


_OWED = (
    "Every return of a child for which an interview was referred, from the return until 72 hours later. "
    "Withdrawn referrals, children who died and findings that were taken back are left out. "
)
OFFERED = Clock(
    key="interviews-offered",
    label="Return Home Interviews offered in 72 hours",
    means=_OWED + "Kept: offered by then, whatever the answer was.",
    rows=(_interview("offered_at"),),
    groups="Authority",
    fewest=FEWEST,
    of_same="interviews",
    seen=records.REFERRALS,
)
HELD = Clock(
    key="interviews-held",
    label="Return Home Interviews held in 72 hours",
    means=_OWED + "Kept: held by then. A child who declined was not seen and counts as missed here.",
    rows=(_interview("completed_at"),),
    groups="Authority",
    fewest=FEWEST,
    of_same="interviews",
    known_to_force=True,  # held, and when (docs/adr/0093)
    seen=records.REFERRALS,
)
REPORTED = Clock(
    key="interview-reports",
    label="Reports of interviews to the authority",
    means=(
        "Every report owed to an authority, from when it was settled whether there is an interview until the "
        "end of the third working day. Kept: reported by then."
    ),
    rows=(
        Rows(
            of=lambda: Referral.objects.exclude(_NOT_OWED),
            due="report_due_at",
            met=F("reported_at"),
            started=F("settled_at"),
            group=_AUTHORITY,
            charity="provider_id",
            record="pk",
        ),
    ),
    groups="Authority",
    seen=records.REFERRALS,
)
REPLIES = Clock(
    key="replies",
    label="TextSafe replies answered within the hour",
    means=(
        "Every first unanswered text from somebody we wrote to, from when it came until an hour later. Kept: "
        "a colleague answered by then. A conversation that was closed without an answer is not in it."
    ),
    rows=(
        Rows(
            of=lambda: ConversationMessage.objects.filter(direction=Direction.OUT),
            due="answers_due_at",
            met=F("at"),
            started=F("answers_due_at") - Value(ANSWER_WITHIN),
            charity="conversation__charity_id",
            record="conversation_id",
        ),
        Rows(
            of=Conversation.objects.all,
            due="reply_due_at",
            started=F("reply_due_at") - Value(ANSWER_WITHIN),
            charity="charity_id",
            record="pk",
        ),
    ),
    groups="",
    seen=records.CONVERSATIONS,
)
UNKNOWN_TEXTS = Clock(
    key="unknown-texts",
    label="Texts from unknown numbers looked at",
    means=(
        "Every text from a number that we never wrote to, for an hour from when it came. Kept: dealt with "
        "by then."
    ),
    rows=(
        Rows(
            of=TriageItem.objects.all,
            due="look_by",
            met=F("handled_at"),
            started=F("received_at"),
            charity="charity_id",
            record="pk",
        ),
    ),
    groups="",
    seen=records.UNKNOWN_TEXTS,
)


def _taken_down(met: str, after: object, more: Q) -> Rows:
    stopped = Placement.objects.filter(
        Q(status__in=[*OWED, _CONFIRMED]) & more, appeal__withdrawn_cause=WithdrawCause.STOPPED
    ).exclude(outlet__channel__in=sorted(OURS))
    return Rows(
        of=stopped.all,
        due="appeal__withdrawn_at",
        after=after,  # type: ignore[arg-type]
        met=F(met),
        started=F("appeal__withdrawn_at"),
        group=F("outlet__channel"),
        force="appeal__organisation_id",
        charity="appeal__charity_id",
        record="appeal_id",
    )


_STOPPED = (
    "Every showing of an appeal outside our own pages when the incident stopped being open, from then "
    "until {}. "
)
TOLD = Clock(
    key="outlets-told",
    label="Outlets told to take down",
    means=_STOPPED.format("five minutes later") + "Kept: the outlet was told by then.",
    rows=(_taken_down("withdrawal_sent_at", TELL_WITHIN, Q()),),
    groups="Channel",
    labels=dict(Channel.choices),
    seen=records.APPEALS,
)
GONE = Clock(
    key="takedowns",
    label="Takedowns confirmed in 24 hours",
    means=(
        _STOPPED.format("24 hours later") + "Kept: seen or said to be gone by then. Outlets of which nobody "
        "can see or say it are left out."
    ),
    rows=(_taken_down("confirmed_gone_at", CONFIRM_WITHIN, Q(outlet__verifiable=True)),),
    groups="Channel",
    labels=dict(Channel.choices),
    seen=records.APPEALS,
)
JUDGED = Clock(
    key="sightings-judged",
    label="Sightings judged",
    means="Every sighting, for a quarter of an hour from when it came. Kept: the charity judged it by then.",
    rows=(
        Rows(
            of=Sighting.objects.all,
            due="received_at",
            after=TRIAGE_WITHIN,
            met=F("triaged_at"),
            started=F("received_at"),
            charity="appeal__charity_id",
            record="pk",
        ),
    ),
    groups="",
    seen=records.SIGHTINGS,
)
PASSED = Clock(
    key="sightings-passed",
    label="Sightings passed to police",
    means=(
        "Every sighting judged to be for the police, from when it came until a quarter of an hour later "
        "where somebody is in immediate danger, else four hours. Kept: passed by then."
    ),
    rows=(
        Rows(
            of=Sighting.objects.all,
            due="pass_by",
            met=F("passed_at"),
            started=F("received_at"),
            charity="appeal__charity_id",
            record="pk",
        ),
    ),
    groups="",
    seen=records.SIGHTINGS,
)
TAKEN_UP = Clock(
    key="sightings-acknowledged",
    label="Sightings acknowledged by police",
    means=(
        "Every sighting that was passed to the force, from then until a quarter of an hour later where "
        "somebody is in immediate danger, else 24 hours. Kept: acknowledged by then."
    ),
    rows=(
        Rows(
            of=lambda: Sighting.objects.filter(kind=SubmissionKind.SIGHTING),
            due="acknowledge_by",
            met=F("acknowledged_at"),
            started=F("passed_at"),
            group=Coalesce(F("incident__owner_unit__name"), Value("")),
            force="incident__owner_id",
            record="pk",
        ),
    ),
    seen=records.SIGHTINGS,
)
