"""Taking appeals off outlets that were switched off.

Feeds and playlists tell of the end at once: the view `PublicPlacement` asks whether the outlet is on. What is
done here writes it down, and tells those that are called. Both go on until each has confirmed.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from appeals.enums import OURS
from appeals.models import Placement
from appeals.models.placements import STANDING
from appeals.services.common import hold
from appeals.services.placing import take_down
from foundation.actors import Actor
from foundation.rounds import each

SWITCHER = Actor.system("appeals.take_off_switched_off")
# Our own pages end with the appeal: switched off, they take no new ones.
_OFF = Placement.objects.filter(outlet__is_active=False).exclude(outlet__channel__in=sorted(OURS))


def take_off_switched_off() -> int:
    """Take off what outlets that are switched off show still, or are to get; returns of how many appeals."""
    standing = _OFF.filter(status__in=STANDING).order_by("appeal_id")
    return each(standing.values_list("appeal_id", flat=True).distinct(), _take_off)


@transaction.atomic
def _take_off(appeal_id: int) -> int:
    """Switched on again meanwhile: it is left alone."""
    _, appeal = hold(SWITCHER, appeal_id)
    take_down(SWITCHER, appeal, _OFF.filter(appeal=appeal), at=timezone.now())
    return 1
