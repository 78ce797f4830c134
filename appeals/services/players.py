"""A billboard player that falls silent: the publicity desk is told once, and once more when it is back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from appeals.models import Outlet
from appeals.selectors.players import is_silent, silent_players
from appeals.services.calling import SERVICE
from foundation.access import Refusal
from foundation.accounts.enums import PUBLICITY_DESK
from foundation.accounts.selectors import people_holding, the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.rounds import each

SILENT_GUARD, BACK_GUARD = "appeals.player_silent", "appeals.player_back"
WATCHER = Actor.system("appeals.watch_players")
LABEL = "appeals.Outlet"
LASTS = timedelta(hours=12)


def watch_players() -> int:
    """Tell of every player that has fallen silent; returns how many."""
    now = timezone.now()
    fresh = silent_players(now).filter(silence_told_at__isnull=True).order_by("pk")
    return each(fresh.values_list("pk", flat=True), lambda pk: _fell_silent(pk, now))


@transaction.atomic
def _fell_silent(outlet_id: int, now: datetime) -> bool:
    """Once a silence: of two workers, and of a check-in that comes now, one is first."""
    outlet = _held(outlet_id)
    if outlet.silence_told_at is not None or not is_silent(outlet_id, now):
        return False
    _note(outlet, now)
    _write(outlet, SILENT_GUARD, since=now)
    return True


@transaction.atomic
def came_back(*, outlet_id: int) -> bool:
    """A player checked in: whoever was told of its silence hears that it is over."""
    outlet = _held(outlet_id)
    since = outlet.silence_told_at
    # What it said before it fell silent may be read late.
    if since is None or is_silent(outlet_id, timezone.now()):
        return False
    messaging.cancel_for_owner(actor=WATCHER, owner_label=LABEL, owner_ids=[outlet.pk], cause="came_back")
    _note(outlet, None)
    _write(outlet, BACK_GUARD, since=since)
    return True


def is_silent_still(owner_id: int) -> Refusal | None:
    """The guard of the e-mail that a player is silent."""
    if Outlet.objects.filter(pk=owner_id, silence_told_at__isnull=False, is_active=True).exists():
        return None
    return Refusal("came_back", "The player has come back, or was switched off.")


def is_back_still(owner_id: int) -> Refusal | None:
    """The guard of the e-mail that a player is back."""
    if Outlet.objects.filter(pk=owner_id, silence_told_at__isnull=True).exists():
        return None
    return Refusal("silent_again", "The player is silent again.")


def _held(outlet_id: int) -> Outlet:
    return Outlet.objects.select_for_update(no_key=True).get(pk=outlet_id)


def _note(outlet: Outlet, silence_told_at: datetime | None) -> None:
    """Its version stays: staff who edit an outlet meanwhile are not told that it changed."""
    Outlet.objects.filter(pk=outlet.pk).update(silence_told_at=silence_told_at)
    action = "appeals.player_silent" if silence_told_at else "appeals.player_back"
    audit.record(actor=WATCHER, action=action, target=outlet, fields=["silence_told_at"])


def _write(outlet: Outlet, guard: str, *, since: datetime) -> None:
    charity_id = the_charity().pk
    page = {
        "is_back": guard == BACK_GUARD,
        "reference": outlet.reference,
        "last_heard_at": outlet.last_heard_at,
        "link": f"{settings.STAFF_BASE_URL}/appeals/outlets/",
    }
    words = "answers again" if page["is_back"] else "is silent"
    for person in people_holding(charity_id, PUBLICITY_DESK).order_by("pk"):
        messaging.queue_message(
            actor=WATCHER,
            channel="email",
            lane="normal",
            to=person.email,
            subject=f"{settings.PRODUCT_NAME}: billboard player {outlet.reference} {words}",
            body=render_to_string("appeals/mail/player.txt", page),
            service=SERVICE,
            owner=(LABEL, outlet.pk),
            guard=guard,
            organisation_id=charity_id,
            valid_until=timezone.now() + LASTS,
            dedupe_key=f"{guard}:{outlet.pk}:{int(since.timestamp())}:{person.pk}",
        )
