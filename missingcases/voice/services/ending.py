"""What ends by itself: links whose time is over, and in the end whom they were for and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refused
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states import move
from missingcases.voice.enums import LIVE, InvitationStatus
from missingcases.voice.models import Answer, Invitation
from missingcases.voice.policies import may_be_asked
from missingcases.voice.services.erasing import forget_text
from missingcases.voice.states import INVITATION

ENDER = Actor.system("voice.ending")


def end_due(*, now: datetime) -> int:
    """End invitations whose time is over, and take back those that must not be asked; returns how many."""
    rows = Invitation.objects.filter(status__in=LIVE).select_related("incident").order_by("pk")
    done = 0
    for row in rows.iterator(chunk_size=500):
        if row.expires_at <= now:
            done += _end(row, InvitationStatus.EXPIRED)
        elif may_be_asked(row.incident, row.respondent, family_asked=row.family_asked) is not None:
            done += _end(row, InvitationStatus.WITHDRAWN)
    return done


def withdraw_for_incident(*, incident_id: int) -> int:
    """Somebody is missing again: nobody is asked how it was. Returns how many were taken back."""
    rows = Invitation.objects.filter(incident__person__incidents=incident_id, status__in=LIVE)
    return sum(_end(row, InvitationStatus.WITHDRAWN) for row in rows.order_by("pk"))


def _end(row: Invitation, to: InvitationStatus) -> int:
    try:
        with transaction.atomic():
            move(row, INVITATION, to, actor=ENDER, changes={"token_hash": ""})
            forget_text(row)
    except Refused:  # answered at this moment
        return 0
    return 1


@transaction.atomic
def forget_whom(*, ids: Sequence[int], actor: Actor) -> int:
    """Cut ended invitations from incident and record: they count, and lead to nobody."""
    rows = Invitation.objects.filter(pk__in=ids, forgotten_at__isnull=True).exclude(status__in=LIVE)
    found = list(rows.select_for_update(no_key=True))
    if not found:
        return 0
    for row in found:
        forget_text(row)
    Invitation.objects.filter(pk__in=[row.pk for row in found]).update(
        incident=None, source="", source_id=None, way=None, message_id=None, forgotten_at=timezone.now()
    )
    audit.record(
        actor=actor,
        action="voice.forgotten",
        target=Invitation,
        target_ids=[row.pk for row in found],
        fields=["incident", "source"],
    )
    return len(found)


@transaction.atomic
def forget_words(*, ids: Sequence[int], actor: Actor) -> int:
    """Empty what people wrote, once its time is over; their answers stay in the figures."""
    done = Answer.objects.filter(pk__in=ids).exclude(words="").update(words="")
    if done:
        audit.record(
            actor=actor,
            action="voice.words_forgotten",
            target=Answer,
            target_ids=sorted(ids),
            fields=["words"],
        )
    return done
