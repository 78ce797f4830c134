"""What every verb needs: the referral, locked after its incident; who holds it; its release and its news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from foundation.actors import Actor
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import move_held
from missingcases.enums import ReleaseStatus
from missingcases.services import lock_incident, revoke_release
from partners.enums import ENDED, HoldsBecause, ReferralStatus
from partners.events import ReferralMoved
from partners.models import Holding, Link, LinkSession, Referral
from partners.selectors import visible_to
from partners.states import REFERRAL
from partners.system import RELEASING, RESTORING

LABEL = "partners.Referral"
LONGEST = 4_000
_ENDED = "The referral for which this was released has ended."


def locked(referral_id: int) -> Referral:
    """The referral, its incident locked before it (design.md: one lock order). Raises `NotVisible`."""
    found = Referral.objects.filter(pk=referral_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotVisible(f"referral {referral_id}")
    incident = lock_incident(found)
    Referral.objects.select_for_update(no_key=True).filter(pk=referral_id).values_list("pk").first()
    referral = Referral.objects.select_related("partner", "sender", "release").get(pk=referral_id)
    referral.incident = incident
    return referral


def for_work(actor: Actor, referral_id: int) -> Referral:
    """The locked referral, if `actor` may know of it; our own machinery reads by id."""
    referral = locked(referral_id)
    if not actor.is_system and not visible_to(actor).filter(pk=referral_id).exists():
        raise NotVisible(f"referral {referral_id}")
    return referral


def need(words: str, field: str, message: str) -> str:
    """The words, or `Invalid` where there are none or too many."""
    said = words.strip()
    if not said:
        raise Invalid({field: message})
    if len(said) > LONGEST:
        raise Invalid({field: f"Use {LONGEST:,} characters or fewer."})
    return said


def check_version(row: Model, version: int | None, yours: Mapping[str, object]) -> None:
    """Raise `Conflict` with both sides where a colleague changed the row since its page was read."""
    stored: int = getattr(row, "version")  # noqa: B009 - every row edited by a form has one
    if version is not None and stored != version:
        theirs = {name: getattr(row, name) for name in yours}
        raise Conflict(version=stored, theirs=theirs, yours=yours)


def give_to(
    referral: Referral, organisation_id: int, because: HoldsBecause, *, user_id: int | None, now: datetime
) -> None:
    """From now on this organisation holds the referral; what was before is kept."""
    Holding.objects.filter(referral=referral, held_until__isnull=True).update(held_until=now)
    Holding.objects.create(
        referral=referral, organisation_id=organisation_id, user_id=user_id, because=because, held_from=now
    )


def go(
    actor: Actor, referral: Referral, to: ReferralStatus, *, reason: str = "", **changes: object
) -> Referral:
    """Move a locked referral, end what ends with it, and tell of it."""
    now, was = timezone.now(), ReferralStatus(referral.status)
    if to in ENDED:
        changes |= {"ended_at": now, "progress_due_at": None}
    moved = move_held(referral, REFERRAL, to, actor=actor, reason=reason, changes=changes)
    if to in ENDED:
        _end(moved, was, now)
        if actor != RESTORING:
            note("partners.ended", referral_id=referral.pk)
    publish(ReferralMoved(referral_id=referral.pk, at=now, was=was, status=to))
    return moved


def _end(referral: Referral, was: ReferralStatus, now: datetime) -> None:
    """Back with the sender: what was shown is shown no more, and no link opens it."""
    Link.objects.filter(referral=referral, ended_at__isnull=True).update(ended_at=now)
    LinkSession.objects.filter(link__referral=referral, ended_at__isnull=True).update(ended_at=now)
    if was == ReferralStatus.DRAFT:
        Holding.objects.filter(referral=referral, held_until__isnull=True).update(held_until=now)
        return
    give_to(referral, referral.sender_id, HoldsBecause(referral.status), user_id=None, now=now)
    release = referral.release
    if release is not None and release.status == ReleaseStatus.APPROVED:
        revoke_release(actor=RELEASING, release_id=release.pk, reason=_ENDED)
