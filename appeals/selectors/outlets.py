"""Outlets, whom an appeal reaches by them, and how each placement stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from appeals.enums import GO_BY_APPEAL, HEARS_BEFORE, AppealStatus
from appeals.models import Appeal, Outlet, OutletArea, Placement, TakedownEntry
from appeals.models.placements import STANDING
from appeals.policies import may_manage_outlets
from appeals.selectors.appeals import appeals_visible_to, area_ids_of, with_all_above
from foundation.actors import Actor
from foundation.clock import in_london
from foundation.exceptions import NotVisible
from foundation.places.selectors import descendants
from missingcases.enums import OPEN


def outlets_visible_to(actor: Actor) -> QuerySet[Outlet]:
    """The charity's publicity desk keeps them; a force sees their names beside its own placements."""
    return Outlet.objects.all() if may_manage_outlets(actor) is None else Outlet.objects.none()


def outlets_for(area_ids: Sequence[int]) -> QuerySet[Outlet]:
    """The active outlets that reach any of these areas: one of them, what lies within, or around it."""
    today = in_london(timezone.now()).date()
    touched = with_all_above(area_ids)
    for area_id in area_ids:
        touched |= set(descendants(area_id, on=today).values_list("pk", flat=True))
    bounded = OutletArea.objects.filter(outlet_id=OuterRef("pk"))
    reaches = ~Exists(bounded) | Exists(bounded.filter(area_id__in=touched))
    return Outlet.objects.filter(reaches, is_active=True).order_by("channel", "name")


def outlets_of(appeal: Appeal) -> QuerySet[Outlet]:
    """The outlets that an appeal would reach as it is aimed now; without an area, those for everybody."""
    return outlets_for(area_ids_of(appeal))


def placements_of(appeal: Appeal) -> QuerySet[Placement]:
    """Every placement of an appeal, with its outlet."""
    rows = Placement.objects.filter(appeal_id=appeal.pk).select_related("appeal", "outlet", "content")
    return rows.order_by("outlet__channel", "outlet__name", "-pk")


def placement_for(actor: Actor, reference: str) -> Placement:
    """One placement of an appeal that the actor sees. Raises `NotVisible`."""
    rows = Placement.objects.filter(reference=reference, appeal__in=appeals_visible_to(actor))
    found = rows.select_related("appeal", "outlet").first()
    if found is None:
        raise NotVisible(reference)
    return found


def outlet_for(actor: Actor, reference: str) -> Outlet:
    """One outlet. Raises `NotVisible`."""
    found = outlets_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def entries_of(appeal: Appeal) -> list[TakedownEntry]:
    """What was done about the outlets of an appeal, in the order of the doing."""
    rows = TakedownEntry.objects.filter(placement__appeal_id=appeal.pk)
    return list(rows.select_related("placement__outlet", "by").order_by("at", "pk"))


def published_again() -> Q:
    """Of placements that are owed: that the same outlet has, or is to get, the appeal again since a pause.

    Where they go by the appeal nothing is asked of them about the earlier one meanwhile.
    """
    newer = Placement.objects.filter(
        appeal_id=OuterRef("appeal_id"), outlet_id=OuterRef("outlet_id"), status__in=STANDING
    )
    return Q(Exists(newer), outlet__channel__in=sorted(GO_BY_APPEAL))


def may_be_shown(now: datetime) -> Q:
    """Of placements: the appeal is live and has not lapsed, its person is missing, no embargo forbids it.

    As the windows of the public site have it (migration 0002): a stop needs no subscriber to be heeded.
    """
    lasts = Q(appeal__expires_at__isnull=True) | Q(appeal__expires_at__gt=now)
    missing = Q(appeal__incident__status__in=sorted(OPEN), appeal__incident__starts_held=False)
    return Q(appeal__status=AppealStatus.LIVE) & lasts & missing & no_embargo(now)


def no_embargo(now: datetime) -> Q:
    """Of placements: that none forbids to show it there now. Media partners get it before."""
    over = Q(embargo_until__isnull=True) | Q(embargo_until__lte=now)
    return over | Q(outlet__channel__in=sorted(HEARS_BEFORE))
