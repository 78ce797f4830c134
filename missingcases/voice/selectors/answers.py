"""What people wrote in their own words, for the charity's duty managers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from foundation.actors import Actor
from missingcases.voice import deadlines
from missingcases.voice.models import Answer
from missingcases.voice.policies import may_read_words

SHOWN_WORDS = 50


def words_visible_to(actor: Actor) -> QuerySet[Answer]:
    """Answers with words of months that are over, newest month first and in no order within it."""
    if may_read_words(actor) is not None:
        return Answer.objects.none()
    rows = Answer.objects.filter(
        charity_id=actor.organisation_id or 0, month__lt=deadlines.readable_before(timezone.now())
    )
    return rows.exclude(words="").order_by("-month", "pk")
