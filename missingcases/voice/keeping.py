"""What invitations keep about people, and answers of nobody: merge, subject access, and their end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from foundation.actors import Actor
from foundation.contributions import Merge, Retention
from foundation.keeping import Holding, subject_access
from missingcases.voice import deadlines, services
from missingcases.voice.enums import LIVE
from missingcases.voice.models import Answer, Invitation

_INVITATION, _ANSWER = "voice.Invitation", "voice.Answer"
_ERASER = Actor.system("voice.retention")


def _whom_due(now: datetime) -> Sequence[int]:
    over = Invitation.objects.filter(asked_at__lte=now - deadlines.KEEP_WHOM, forgotten_at__isnull=True)
    rows = over.exclude(status__in=LIVE).order_by("asked_at", "pk")
    return list(rows.values_list("pk", flat=True)[:1000])


def _forget_whom(ids: Sequence[int], actor: Actor) -> int:
    return services.forget_whom(ids=ids, actor=actor)


def _anonymise(incident_ids: Sequence[int]) -> None:
    """Two people have anonymised the incidents: nothing leads from an ended invitation to them."""
    rows = Invitation.objects.filter(incident_id__in=incident_ids)
    services.forget_whom(ids=list(rows.values_list("pk", flat=True)), actor=_ERASER)


def _words_due(now: datetime) -> Sequence[int]:
    over = Answer.objects.filter(month__lte=timezone.localdate(now - deadlines.KEEP_WORDS).replace(day=1))
    return list(over.exclude(words="").order_by("month", "pk").values_list("pk", flat=True)[:1000])


def _forget_words(ids: Sequence[int], actor: Actor) -> int:
    return services.forget_words(ids=ids, actor=actor)


MERGE = (Merge(_INVITATION, "incident", "Stays with the incident, whichever record of the person goes on."),)
SUBJECT_ACCESS = subject_access(
    (
        Holding(
            _INVITATION,
            "incident",
            "Asked how it was",
            "asked_at",
            ("respondent", "service", "asked_in", "status"),
            "charity",
            withheld="What anybody answered is kept apart and can be put with nobody.",
        ),
    )
)
RETENTION = (
    Retention(
        _INVITATION,
        "incident",
        "Whom it was for is forgotten a year after they were asked (P); what is left counts alone.",
        deadlines.KEEP_WHOM,
        _whom_due,
        _forget_whom,
        whose="charity",
        anonymise=_anonymise,
    ),
    Retention(
        _ANSWER,
        "charity",
        "What people wrote is forgotten after two years (P); of nobody known, their answers stay in figures.",
        deadlines.KEEP_WORDS,
        _words_due,
        _forget_words,
        whose="charity",
    ),
)
