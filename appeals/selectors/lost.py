"""What outlets may show of which a restored database knows nothing, not even the incident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from appeals.enums import READS_LIVE
from appeals.foretold import PLACED, placed_in
from appeals.models import Appeal, Outlet
from appeals.policies import may_manage_outlets
from foundation.actors import Actor
from foundation.backups.models import LedgerLine
from foundation.backups.selectors import newest_hold

# So long after a restore somebody has certainly rung them.
_TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lost:
    """One outlet, with the references by which it knows what it was given, and when that was."""

    outlet: Outlet
    appeal_reference: str
    reference: str
    at: datetime


def lost_placements(actor: Actor) -> list[Lost]:
    """Whom the charity has to ring after a restore; nothing for anybody else, or where nothing is lost.

    Whoever reads our feeds and playlists has dropped it by itself.
    """
    hold = newest_hold()
    if hold is None or may_manage_outlets(actor) or hold.restored_at < timezone.now() - _TOLD_FOR:
        return []
    lines = list(LedgerLine.objects.filter(kind=PLACED, at__lte=hold.restored_at).order_by("at"))
    ids = {line.ids["appeal_id"] for line in lines}
    ids -= set(Appeal.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return list(_of([line for line in lines if line.ids["appeal_id"] in ids]))


def _of(lines: list[LedgerLine]) -> Iterator[Lost]:
    called = Outlet.objects.exclude(channel__in=sorted(READS_LIVE))
    outlets = called.in_bulk({one.outlet_id for line in lines for one in placed_in(line.ids)})
    for line in lines:
        for one in placed_in(line.ids):
            if one.outlet_id in outlets:
                yield Lost(outlets[one.outlet_id], line.ids["reference"], one.reference, line.at)
