"""Putting an appeal on outlets and taking it off them: rows here, calls afterwards (`appeals.delivery`)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, Func, Max, OuterRef, QuerySet
from django.utils import timezone

from appeals import deadlines
from appeals.enums import AUDIENCE_OF, GO_BY_APPEAL, OURS, READS_LIVE, ConfirmedBy, PlacementStatus
from appeals.models import Appeal, OutletArea, Placement, TakedownEntry
from appeals.models.placements import OWED, STANDING
from appeals.selectors import area_ids_of, may_be_shown, newest_content, no_embargo, outlets_for
from appeals.services.common import need
from appeals.services.foretelling import note_placed
from appeals.services.kick import kick_clearing, kick_sending, kick_telling
from appeals.services.publications import shown_for
from appeals.states import PERHAPS_SHOWN, PLACEMENT
from foundation.actors import Actor
from foundation.states import move_many

_P = PlacementStatus
REVEALER = Actor.system("appeals.show_due")


def this_change() -> Func:
    """The number of this transaction, for `Placement.change`: what readers are to notice carries it."""
    return Func(template="pg_current_xact_id()::text::bigint", output_field=BigIntegerField())


def plan(
    appeal: Appeal, *, outlet_ids: Collection[int] | None, embargo_until: datetime | None = None
) -> list[Placement]:
    """Plan the newest version on these outlets, or on all that reach its areas; one a standing outlet.

    Raises `Invalid` where an outlet does not reach them, or nothing is left to publish on.
    """
    content = newest_content(appeal)
    if content is None:
        need({"content": "Write what the appeal is to say."})
    assert content is not None  # noqa: S101 - `need` has raised
    reaching = {
        outlet.pk: outlet
        for outlet in outlets_for(area_ids_of(appeal) or [content.area_id])
        # A Child Rescue Alert has its own page, and no poster: it lasts for hours.
        if not (appeal.is_alert and outlet.channel in OURS)
    }
    chosen = set(reaching) if outlet_ids is None else set(outlet_ids)
    if not chosen <= set(reaching):
        need({"outlets": "One of these outlets does not reach the appeal's areas. Choose again."})
    if not chosen and not appeal.is_alert:
        need({"outlets": "Choose at least one outlet."})
    standing = set(
        Placement.objects.filter(appeal=appeal, status__in=STANDING).values_list("outlet_id", flat=True)
    )
    regions = _regions_of(chosen)
    now = timezone.now()
    return Placement.objects.bulk_create(
        Placement(
            appeal=appeal,
            outlet=outlet,
            content=content,
            shown=shown_for(
                content,
                audience=AUDIENCE_OF[outlet.channel],
                region_ids=frozenset(regions.get(outlet.pk, ())),
            ),
            embargo_until=embargo_until,
            planned_at=now,
        )
        for pk, outlet in reaching.items()
        if pk in chosen and pk not in standing
    )


def _regions_of(outlet_ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for outlet_id, area_id in OutletArea.objects.filter(outlet_id__in=outlet_ids).values_list(
        "outlet_id", "area_id"
    ):
        found.setdefault(outlet_id, set()).add(area_id)
    return found


def start(actor: Actor, appeal: Appeal, *, now: datetime) -> None:
    """Bring the planned placements to life: what reads our rows is live at once, the others are sent.

    What waits for the end of an embargo stays planned until then.
    """
    planned = Placement.objects.filter(appeal=appeal, status=_P.PLANNED)
    note_placed(appeal, planned.exclude(outlet__channel__in=sorted(OURS)), at=now)
    _show(actor, planned.filter(no_embargo(now)), now=now)
    planned.exclude(no_embargo(now)).update(next_at=F("embargo_until"))
    if planned.filter(no_embargo(now)).update(next_at=now):
        kick_sending(appeal.pk)


@transaction.atomic
def show_due(*, now: datetime) -> int:
    """Show on our own pages, feeds and playlists what waited for the end of an embargo; returns how many."""
    return len(_show(REVEALER, Placement.objects.filter(may_be_shown(now), next_at__lte=now), now=now))


def _show(actor: Actor, rows: QuerySet[Placement], *, now: datetime) -> list[int]:
    """Those of these rows that are read by who shows them are live now."""
    return move_many(
        rows.filter(outlet__channel__in=sorted(READS_LIVE)),
        PLACEMENT,
        _P.PLANNED,
        _P.LIVE,
        actor=actor,
        changes={"live_at": now, "next_at": None, "change": this_change(), "updated_at": now},
    )


def embargo_of(appeal: Appeal, *, now: datetime) -> datetime | None:
    """Until when media partners were told to keep it to themselves, if that is still to come."""
    rows = Placement.objects.filter(appeal=appeal, embargo_until__gt=now)
    found: datetime | None = rows.aggregate(latest=Max("embargo_until"))["latest"]
    return found


def put_aside(appeal: Appeal) -> dict[int, datetime]:
    """Ask nobody any more to take down what is about to be published there again.

    Gives the outlets that are being told of the earlier end at this moment, with when that is over for
    certain: what is published there must not arrive first.
    """
    rows = Placement.objects.filter(appeal=appeal, status__in=OWED, outlet__channel__in=sorted(GO_BY_APPEAL))
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = list(locked.values_list("pk", "outlet_id", "claimed_at", "next_at"))
    rows.filter(pk__in=[pk for pk, *_ in held]).update(next_at=None)
    return {
        outlet_id: until
        for _, outlet_id, claimed_at, until in held
        if claimed_at and until == deadlines.lease_ends_at(claimed_at)
    }


def take_off(actor: Actor, appeal: Appeal, *, now: datetime | None = None) -> None:
    """Take an appeal off every outlet, in the caller's transaction. Our own pages are gone with it."""
    take_down(actor, appeal, Placement.objects.filter(appeal=appeal), at=now or timezone.now())
    kick_clearing(appeal.pk)


def take_down(actor: Actor, appeal: Appeal, rows: QuerySet[Placement], *, at: datetime) -> None:
    """Take these placements of an appeal off their outlets, in the caller's transaction.

    What was never sent is dropped. Everybody else is to be told; our feeds and playlists carry it already.
    """
    write = {"change": this_change(), "updated_at": at, "withdraw_from": at}
    move_many(
        rows, PLACEMENT, (_P.PLANNED, _P.FAILED), _P.DROPPED, actor=actor, changes={"next_at": None, **write}
    )
    gone = move_many(
        rows.filter(outlet__channel__in=sorted(OURS)),
        PLACEMENT,
        _P.LIVE,
        _P.CONFIRMED,
        actor=actor,
        changes={
            "withdrawal_sent_at": at,
            "confirmed_gone_at": at,
            "confirmed_by": ConfirmedBy.OURS,
            "next_at": None,
            **write,
        },
    )
    to_tell = move_many(
        rows,
        PLACEMENT,
        PERHAPS_SHOWN,
        _P.WITHDRAWING,
        actor=actor,
        changes={"next_at": at, "tries": 0, **write},
    )
    # What was put aside while it was published again is asked for after all: that may never have gone.
    newer = Placement.objects.filter(appeal=appeal, outlet=OuterRef("outlet"), pk__gt=OuterRef("pk"))
    aside = rows.filter(Exists(newer), status__in=OWED, outlet__channel__in=sorted(GO_BY_APPEAL))
    again = list(aside.filter(next_at__isnull=True).values_list("pk", flat=True))
    Placement.objects.filter(pk__in=again).update(next_at=at)
    TakedownEntry.objects.bulk_create(
        [TakedownEntry(placement_id=pk, at=at, what="gone_with_us") for pk in gone]
        + [TakedownEntry(placement_id=pk, at=at, what="to_be_told") for pk in to_tell]
        + [TakedownEntry(placement_id=pk, at=at, what="to_be_told_again") for pk in again]
    )
    if to_tell or again:
        kick_telling(appeal.pk)
