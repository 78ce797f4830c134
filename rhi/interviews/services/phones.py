"""Taking an interview onto a phone, and telling the phone whether it still may hold it.

The phone asks with a token of its own, so that an idle session, which ends every day, is not taken for a
suspension. The token opens nothing: it is answered with a time, or with "not any more".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.access import require
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.audit import services as audit
from rhi.interviews import selectors
from rhi.interviews.deadlines import copy_expires_at, lease_ends_at
from rhi.interviews.enums import PhoneEnd
from rhi.interviews.models import Interview, PhoneCopy
from rhi.interviews.policies import may_write


@dataclass(frozen=True, slots=True)
class Standing:
    """Until when the phone may be opened without asking again, and when it wipes what it holds."""

    opens_until: datetime
    expires_at: datetime


@transaction.atomic
def take_to_phone(*, actor: Actor, reference: str) -> tuple[Interview, str, Standing]:
    """The interview, the token its phone asks with, and how long it may hold it. Raises as writing does."""
    interview = selectors.interview_named(actor, reference)
    require(may_write(actor, interview))
    token, now = secrets.token_urlsafe(32), timezone.now()
    copy = PhoneCopy.objects.create(
        interview=interview,
        user_id=actor.user_id or 0,
        token_hash=_hashed(token),
        taken_at=now,
        expires_at=copy_expires_at(now),
        asked_at=now,
    )
    audit.record(actor=actor, action="interview.taken_to_phone", target=interview)
    return interview, token, Standing(lease_ends_at(now, copy.expires_at), copy.expires_at)


def standing(token: str) -> Standing | None:
    """How long the phone of this token may still hold its copy; None where it must wipe it now.

    The person must be able to sign in, hold their role, and still be the child's interviewer.
    """
    copy = (
        PhoneCopy.objects.filter(token_hash=_hashed(token), ended_at__isnull=True)
        .select_related("user", "interview__referral")
        .first()
    )
    now = timezone.now()
    if copy is None or copy.expires_at <= now:
        return None
    organisation = copy.interview.referral.provider_id
    actor = actor_for(copy.user, organisation_id=organisation, source="interviews.phone")
    if not copy.user.is_active or actor.organisation_id != organisation:
        return None
    if not selectors.writable_by(actor).filter(pk=copy.interview_id).exists():
        return None
    PhoneCopy.objects.filter(pk=copy.pk).update(asked_at=now)
    return Standing(lease_ends_at(now, copy.expires_at), copy.expires_at)


@transaction.atomic
def end_copy(*, actor: Actor, reference: str) -> int:
    """A lost phone: every one that holds it wipes it when it next asks. Raises `NotVisible`."""
    interview = selectors.interview_named(actor, reference)
    ended = end_copies(selectors.copies_out(interview), PhoneEnd.TAKEN_BACK)
    audit.record(actor=actor, action="interview.phones_wiped", target=interview)
    return ended


def end_copies(copies: QuerySet[PhoneCopy], because: PhoneEnd) -> int:
    """These phones must wipe what they hold."""
    return copies.update(ended_at=timezone.now(), ended_because=because)


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
