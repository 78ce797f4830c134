"""Billboard players that say nothing."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from appeals.deadlines import PLAYER_SILENT_AFTER
from appeals.enums import Channel
from appeals.models import Outlet, Placement


def silent_players(now: datetime) -> QuerySet[Outlet]:
    """Players in use that checked in once and do not any more, or never did though they have had an appeal.

    One that is still being set up, and has nothing to show, is not missed.
    """
    limit = now - PLAYER_SILENT_AFTER
    had_one = Exists(Placement.objects.filter(outlet=OuterRef("pk"), live_at__lt=limit))
    silent = Q(last_heard_at__lt=limit) | (Q(last_heard_at__isnull=True) & had_one)
    return Outlet.objects.filter(silent, channel=Channel.BILLBOARD, is_active=True)


def is_silent(outlet_id: int, now: datetime) -> bool:
    """Whether one player is silent now."""
    return silent_players(now).filter(pk=outlet_id).exists()
