"""Answers: taken from the public site, parted from who gave them, and read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from foundation.access import Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.rounds import each
from foundation.states import move
from foundation.tasks import send_or_leave
from missingcases.voice import deadlines, questions, selectors
from missingcases.voice.enums import LINKED, InvitationStatus
from missingcases.voice.models import Answer, Invitation, Submission
from missingcases.voice.policies import may_read_words
from missingcases.voice.services.common import held, with_time_left
from missingcases.voice.services.erasing import forget_text
from missingcases.voice.states import INVITATION

log = structlog.get_logger(__name__)
READER = Actor.system("voice.reading")
BATCH = 50
_NOTHING = "Answer at least one question, or write something."


def take_form(*, token_hash: str, form_key: UUID, answers: Mapping[str, str], words: str) -> Submission:
    """Keep one form as it came, encrypted; runs under the public site's role, which can read none of it.

    Raises `IntegrityError` where somebody answered by this link already.
    """
    told = {"answers": questions.checked(answers), "words": words.strip(), "questions": questions.VERSION}
    with transaction.atomic():
        row = Submission.objects.create(
            token_hash=token_hash, form_key=form_key, body=json.dumps(told, ensure_ascii=False)
        )
        transaction.on_commit(_kick)
    return row


def _kick() -> None:
    from missingcases.voice import tasks

    send_or_leave(tasks.read_submissions, lane="normal")


def read_submissions() -> int:
    """Make answers of a batch of forms, each in a transaction of its own; returns how many were made."""
    waiting = Submission.objects.order_by("pk").values_list("pk", flat=True)[:BATCH]
    return each(list(waiting), _read)


@transaction.atomic
def _read(submission_id: int) -> int:
    """Part a form from its link: the invitation is answered, the answer kept, and the form gone, in one."""
    row = Submission.objects.select_for_update(skip_locked=True).filter(pk=submission_id).first()
    if row is None:
        return 0
    made = 0
    found = Invitation.objects.filter(token_hash=row.token_hash, status__in=LINKED).first()
    if found is not None:
        try:
            told = json.loads(row.body)
            with transaction.atomic():
                _part(READER, found, told["answers"], told["words"], told["questions"])
            made = 1
        except (Refused, ValueError, KeyError, TypeError):
            # It was answered or taken back meanwhile, or cannot be read: then it is nobody's.
            log.warning("submission_dropped", invitation=found.reference)
    row.delete()
    return made


def _part(
    actor: Actor, invitation: Invitation, answers: Mapping[str, str], words: str, version: int
) -> Invitation:
    """Mark the invitation answered and keep the answer. The trail names the invitation alone."""
    forget_text(invitation)
    row = move(invitation, INVITATION, InvitationStatus.ANSWERED, actor=actor, changes={"token_hash": ""})
    Answer.objects.create(
        charity_id=row.charity_id,
        force_id=row.force_id,
        respondent=row.respondent,
        service=row.service,
        month=deadlines.month_of(timezone.now()),
        questions=version,
        answers=questions.checked(answers),
        words=words[: questions.LONGEST_WORDS],
    )
    return row


@transaction.atomic
def answer_for_them(
    *, actor: Actor, invitation_id: int, answers: Mapping[str, str], words: str
) -> Invitation:
    """Keep what somebody answered aloud to a colleague, parted from them as any other.

    Raises `NotVisible`, `Refused`, `Invalid`.
    """
    row = held(actor, invitation_id)
    require(with_time_left(row))
    given = questions.checked(answers)
    if not given and not words.strip():
        raise Invalid({"words": _NOTHING})
    if len(words.strip()) > questions.LONGEST_WORDS:
        raise Invalid({"words": f"Use {questions.LONGEST_WORDS:,} characters or fewer."})
    return _part(actor, row, given, words.strip(), questions.VERSION)


@transaction.atomic
def note_words_read(*, actor: Actor, answer_ids: list[int]) -> None:
    """Put down that somebody read what people wrote."""
    audit.record(
        actor=actor, action="voice.words_read", target=Answer, target_ids=answer_ids, fields=["words"]
    )


@transaction.atomic
def take_words_out(*, actor: Actor, answer_id: int) -> Answer:
    """Empty words that name somebody or tell who wrote them; the answers stay in the figures.

    Raises `Refused`, `NotVisible`.
    """
    require(may_read_words(actor))
    row = selectors.words_visible_to(actor).select_for_update(no_key=True).filter(pk=answer_id).first()
    if row is None:
        raise NotVisible(f"answer {answer_id}")
    row.words = ""
    row.save(update_fields=["words"])
    audit.record(actor=actor, action="voice.words_taken_out", target=row, fields=["words"])
    return row
