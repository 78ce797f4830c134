"""Whether something is held, and how a hold stands. Asked before every send: the table is empty or tiny."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from foundation.backups.models import Backup, Hold, HoldStep
from foundation.prepared import fetch_all

# Asked at every request and before every send.
_HELD = "SELECT step FROM backups_holdstep WHERE released_at IS NULL"


def held() -> set[str]:
    """What is held now: lanes, and `public`. Empty unless a restore is not released yet."""
    return {step for (step,) in fetch_all(_HELD, {})}


def holds_of(step: str) -> QuerySet[HoldStep]:
    """What holds one lane, or the public site; usually nothing."""
    return HoldStep.objects.filter(step=step, released_at__isnull=True)


def is_held(step: str) -> bool:
    """Whether one lane, or the public site, is held."""
    return holds_of(step).exists()


def newest_hold() -> Hold | None:
    """The last restore, with its steps in order; None on a database that was never restored."""
    steps = Prefetch("steps", HoldStep.objects.order_by("pk"))
    return Hold.objects.prefetch_related(steps).order_by("-pk").first()


def newest_backups() -> list[Backup]:
    """The last backups, newest first."""
    return list(Backup.objects.order_by("-made_at")[:14])
