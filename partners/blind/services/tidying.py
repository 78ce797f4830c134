"""What goes by itself: candidates that nobody looked at, and what is kept to know a list again."""

from __future__ import annotations

from django.utils import timezone

from partners.blind.deadlines import DIGESTS_KEPT
from partners.blind.models import Run
from partners.blind.services.deciding import withdraw_shut, withdraw_stale


def tidy() -> tuple[int, int]:
    """How many candidates were withdrawn, and of how many comparisons the digests were forgotten."""
    old = Run.objects.filter(asked_at__lte=timezone.now() - DIGESTS_KEPT).exclude(row_digests=b"")
    return withdraw_stale() + withdraw_shut(), old.update(row_digests=b"")
