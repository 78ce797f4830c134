"""Interviews by who asks, and what stands in one. Nobody but the provider's own people is ever answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from rhi import selectors as referrals
from rhi.enums import ENDED
from rhi.interviews.enums import InterviewStatus, OutcomeKind, OutcomeStatus, Said
from rhi.interviews.form import QUESTIONS, SECTIONS, Section
from rhi.interviews.form.kinds import Raises
from rhi.interviews.models import Answer, Coding, Interview, Outcome, PhoneCopy, Theme
from rhi.interviews.policies import TALKING
from rhi.models import Referral

SHOWN = 50
_WITH = (
    "referral",
    "referral__incident",
    "referral__interviewer",
    "referral__provider",
    "referral__authority",
)


def visible_to(actor: Actor) -> QuerySet[Interview]:
    """The interviews whose content `actor` may read: those whose referral's content they may read."""
    rows = Interview.objects.filter(referral__in=referrals.visible_to(actor).order_by().values("pk"))
    return rows.select_related(*_WITH)


def writable_by(actor: Actor) -> QuerySet[Interview]:
    """Those `actor` may write in now: given to them, not completed. Saving asks the same in SQL."""
    if not actor.holds({Role.RHI_INTERVIEWER}):
        return Interview.objects.none()
    rows = Interview.objects.filter(
        status=InterviewStatus.DRAFT,
        referral__interviewer_id=actor.user_id or 0,
        referral__provider_id=actor.organisation_id or 0,
    )
    return rows.exclude(referral__status__in=sorted(ENDED)).select_related(*_WITH)


def interview_named(actor: Actor, reference: str) -> Interview:
    """The interview of this reference that the actor may read. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def outcome_named(actor: Actor, reference: str) -> Outcome:
    """The outcome of this reference, of an interview the actor may read. Raises `NotVisible`."""
    # In one statement, so that one that is hidden takes no longer than one that is not there.
    rows = Outcome.objects.filter(reference=reference, interview__in=visible_to(actor))
    found = rows.select_related("interview").first()
    if found is None:
        raise NotVisible(reference)
    return found


def note_reading(actor: Actor, interview: Interview, what: str = "interview.read") -> None:
    """Every look at a child's words is in the trail."""
    audit.record(actor=actor, action=what, target=interview)


def answers_of(interview: Interview) -> dict[str, Answer]:
    """What was written, by question."""
    return {row.question: row for row in interview.answers.all()}


def themes_of(section: Section, *, also: Sequence[str] = ()) -> list[Theme]:
    """The themes of a section that are coded now, and those that were chosen before they were retired."""
    rows = Theme.objects.filter(section=section.key)
    today = timezone.localdate()
    return [row for row in rows if row.code in also or row.retired_on is None or row.retired_on > today]


def codes_of(interview: Interview) -> dict[str, list[str]]:
    """The codes that were chosen, by section."""
    found: dict[str, list[str]] = {}
    for code, section in interview.codings.order_by("pk").values_list("theme__code", "theme__section"):
        found.setdefault(section, []).append(code)
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """An interviewer's children: to be started, being written, finished."""

    to_start: list[Referral] = field(default_factory=list)
    writing: list[Interview] = field(default_factory=list)
    finished: list[Interview] = field(default_factory=list)


def listed(actor: Actor) -> Listed:
    """What the actor may start, write and read, at most a screenful of each. Audited."""
    waiting = referrals.visible_to(actor).filter(
        status__in=sorted(TALKING), interview__isnull=True, interviewer_id=actor.user_id or 0
    )
    rows = visible_to(actor)
    found = Listed(
        list(waiting[:SHOWN]),
        list(rows.filter(status=InterviewStatus.DRAFT)[:SHOWN]),
        list(rows.exclude(status=InterviewStatus.DRAFT)[:SHOWN]),
    )
    ids = sorted(row.pk for row in (*found.writing, *found.finished))
    audit.record(actor=actor, action="interview.listed", target=Interview, target_ids=ids)
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the answers speak for: a kind, and the ground on which it would be passed on whatever the wish."""

    kind: str
    ground: str
    because: tuple[str, ...]

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(OutcomeKind(self.kind).label)


def proposals_of(interview: Interview, answers: dict[str, Answer]) -> list[Proposal]:
    """What a yes proposes and nobody has decided yet. What was dropped is proposed anew by a later answer."""
    raised: dict[str, list[tuple[Raises, Answer]]] = {}
    for key, question in QUESTIONS.items():
        row = answers.get(key)
        if row is not None and row.choice == Said.YES:
            for one in question.raises:
                raised.setdefault(one.kind, []).append((one, row))
    decided: dict[str, list[Outcome]] = {}
    for outcome in interview.outcomes.all():
        decided.setdefault(outcome.kind, []).append(outcome)
    return [
        Proposal(
            kind,
            next((one.ground for one, _ in causes if one.ground), ""),
            tuple(QUESTIONS[row.question].label for _, row in causes),
        )
        for kind, causes in raised.items()
        if not _is_settled(decided.get(kind, []), [row for _, row in causes])
    ]


def _is_settled(decided: list[Outcome], causes: list[Answer]) -> bool:
    last = max(row.written_at for row in causes)
    return any(one.status != OutcomeStatus.DROPPED or one.decided_at >= last for one in decided)


def wishes_of(answers: dict[str, Answer]) -> dict[str, str]:
    """What the child said about passing things on, by question."""
    return {key: row.choice for key, row in answers.items() if key.startswith("sharing.")}


def unanswered_wishes(answers: dict[str, Answer]) -> list[str]:
    """Whom the child has not been asked about."""
    wishes = wishes_of(answers)
    return [q.label for s in SECTIONS if s.key == "sharing" for q in s.questions if not wishes.get(q.key)]


def copies_out(interview: Interview) -> QuerySet[PhoneCopy]:
    """The phones it is on."""
    return interview.phone_copies.filter(ended_at__isnull=True, expires_at__gt=timezone.now())


@dataclass(frozen=True, slots=True)
class Round:
    """One of a child's interviews, in codes alone."""

    interview: Interview
    codes: dict[str, frozenset[str]]
    choices: dict[str, str]


def rounds_of(interview: Interview) -> list[Round]:
    """The child's interviews with this provider, the oldest first. Codes and choices, no words.

    An interviewer who was given this child sees the codes of earlier ones, too: they are told who comes back
    to what, not what was said to somebody else.
    """
    child = interview.referral.incident.person_id
    rows = list(
        Interview.objects.filter(
            referral__incident__person_id=child, referral__provider_id=interview.referral.provider_id
        )
        .order_by("started_at", "pk")
        .select_related(*_WITH)
    )
    ids = [row.pk for row in rows]
    codes: dict[int, dict[str, set[str]]] = {}
    for pk, section, code in Coding.objects.filter(interview_id__in=ids).values_list(
        "interview_id", "theme__section", "theme__code"
    ):
        codes.setdefault(pk, {}).setdefault(section, set()).add(code)
    choices: dict[int, dict[str, str]] = {}
    said = (
        Answer.objects.filter(interview_id__in=ids)
        .exclude(choice="")
        .exclude(question__startswith="sharing.")
    )
    for pk, question, choice in said.values_list("interview_id", "question", "choice"):
        choices.setdefault(pk, {})[question] = choice
    return [
        Round(row, {k: frozenset(v) for k, v in codes.get(row.pk, {}).items()}, choices.get(row.pk, {}))
        for row in rows
    ]
