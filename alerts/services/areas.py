"""Where an alert goes: nodes of the area tree, from a borough to a nation."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from alerts import policies
from alerts.models import AlertArea, ChildRescueAlert
from alerts.services.common import hold, need, noted, set_yes_aside, written
from foundation.access import require
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.places.models import Area
from foundation.places.selectors import running_on

MOST_AREAS = 20


def area_problems(area_ids: Sequence[int]) -> dict[str, str]:
    """What is wrong with a choice of areas; nothing chosen yet is no fault until it is authorised."""
    today = in_london(timezone.now()).date()
    if len(area_ids) > MOST_AREAS:
        return {"areas": f"Choose {MOST_AREAS} areas or fewer: a region or nation holds all below it."}
    known = Area.objects.filter(running_on(today), pk__in=area_ids).count()
    if len(set(area_ids)) != len(area_ids) or known != len(area_ids):
        return {"areas": "Choose areas of the list that exist today, each once."}
    return {}


@transaction.atomic
def choose_areas(
    *, actor: Actor, alert_id: int, area_ids: Sequence[int], version: int | None = None
) -> ChildRescueAlert:
    """Say where it goes. Where somebody had said yes to other areas, it is to be decided anew.

    Raises `Refused`, `Invalid`, `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_choose_areas(actor, alert))
    need(area_problems(area_ids) or ({} if area_ids else {"areas": "Choose at least one area."}))
    AlertArea.objects.filter(alert=alert).exclude(area_id__in=area_ids).delete()
    rows = [AlertArea(alert=alert, area_id=area_id) for area_id in area_ids]
    AlertArea.objects.bulk_create(rows, ignore_conflicts=True)
    noted(actor, alert, "aimed", "areas")
    if not set_yes_aside(actor, alert):
        written(alert)
    return alert
