"""Writing down what came of calls: one transaction for all that ended together, none while we wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from appeals import deadlines
from appeals.channels.base import Shown
from appeals.delivery.claims import SENDER, UNSURE, Claim
from appeals.enums import PlacementStatus
from appeals.models import Placement, TakedownEntry
from appeals.models.placements import OWED
from appeals.selectors import published_again
from appeals.services.kick import kick_telling
from appeals.services.placing import this_change
from appeals.states import PLACEMENT
from foundation.calling import CallFailed
from foundation.states import move_many

_P = PlacementStatus
# Withdrawn meanwhile: what is found to be shown after all is taken down.
_ENDED = (_P.WITHDRAWING, _P.TOLD, _P.CONFIRMED)


def held(claims: Iterable[Claim]) -> dict[int, str]:
    """Where the claimed placements stand now, locked until the transaction ends."""
    rows = Placement.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    return dict(rows.select_for_update(no_key=True).values_list("pk", "status"))


@transaction.atomic
def settle_sent(ended: Mapping[Claim, Shown | CallFailed]) -> None:
    """Live, failed, or perhaps live. What was withdrawn meanwhile never comes to life: it is taken down."""
    now = timezone.now()
    states = held(ended)
    shown = {claim: came for claim, came in ended.items() if isinstance(came, Shown)}
    failed = {claim: came for claim, came in ended.items() if isinstance(came, CallFailed)}
    if shown:
        Placement.objects.bulk_update(
            [
                Placement(pk=claim.pk, remote_id=came.remote_id[:300], remote_url=came.remote_url[:500])
                for claim, came in shown.items()
            ],
            ["remote_id", "remote_url"],
        )
        come_to_life([claim.pk for claim in shown], states, now=now)
    _settle_failed(failed, states, now=now)


def come_to_life(ids: Iterable[int], states: Mapping[int, str], *, now: datetime) -> None:
    """These, which the caller holds, are shown: live, or to be taken down if withdrawn meanwhile."""
    mine = {pk: states[pk] for pk in ids}
    live = _move(
        {pk: state for pk, state in mine.items() if state in UNSURE},
        _P.LIVE,
        {"live_at": now, "next_at": None, "problem": "", "change": this_change(), "updated_at": now},
    )
    _replace_earlier(live, now=now)
    late = [pk for pk, state in mine.items() if state in _ENDED]
    if not late:
        return
    again = {"next_at": now, "confirmed_gone_at": None, "confirmed_by": "", "updated_at": now}
    _move({pk: mine[pk] for pk in late if mine[pk] == _P.CONFIRMED}, _P.WITHDRAWING, again)
    Placement.objects.filter(pk__in=late).update(live_at=now, next_at=now)
    enter(late, "published_late", now=now)
    for appeal_id in set(Placement.objects.filter(pk__in=late).values_list("appeal_id", flat=True)):
        kick_telling(appeal_id)


def _replace_earlier(live: Collection[int], *, now: datetime) -> None:
    """What these outlets were to take down during a pause is not asked of them any more."""
    newer = Placement.objects.filter(pk__in=live, appeal=OuterRef("appeal"), outlet=OuterRef("outlet"))
    earlier = Placement.objects.filter(published_again(), Exists(newer), status__in=OWED)
    rows = earlier.select_for_update(of=("self",), no_key=True).order_by("pk")
    owed = dict(rows.values_list("pk", "status")) if live else {}
    enter(_move(owed, _P.REPLACED, {"next_at": None, "updated_at": now}), "published_again", now=now)


def _settle_failed(failed: Mapping[Claim, CallFailed], states: Mapping[int, str], *, now: datetime) -> None:
    """One update for all that failed alike. What was withdrawn meanwhile stays on its own clock."""
    alike: dict[tuple[str, str, datetime | None], dict[int, str]] = defaultdict(dict)
    for claim, why in failed.items():
        if states[claim.pk] in UNSURE:
            to = str(_P.UNKNOWN if why.unknown else _P.FAILED)
            at = None if why.permanent and not why.unknown else next_try(claim, why, now=now)
            alike[to, why.code, at][claim.pk] = states[claim.pk]
    for (to, code, at), rows in alike.items():
        changes = {"problem": code, "next_at": at, "updated_at": now}
        _move({pk: state for pk, state in rows.items() if state != to}, to, changes)
        Placement.objects.filter(pk__in=[pk for pk, state in rows.items() if state == to]).update(**changes)


@transaction.atomic
def settle_told(ended: Mapping[Claim, CallFailed | None]) -> None:
    """Told, or to be told again. One that was told before is asked again later, until a person has to."""
    now = timezone.now()
    states = held(ended)
    taken = [claim for claim, came in ended.items() if came is None]
    mark_told({claim.pk: states[claim.pk] for claim in taken}, now=now)
    chased = [claim for claim in taken if states[claim.pk] == _P.TOLD]
    note_chased(chased, now=now)
    alike: dict[tuple[str, datetime], list[int]] = defaultdict(list)
    for claim, came in ended.items():
        if came is not None and states[claim.pk] in OWED:
            alike[came.code, next_try(claim, came, now=now)].append(claim.pk)
    for (code, at), ids in alike.items():
        Placement.objects.filter(pk__in=ids).update(problem=code, next_at=at, updated_at=now)
        enter(ids, "not_told", now=now, code=code)


def mark_told(states: Mapping[int, str], *, now: datetime, what: str = "told") -> list[int]:
    """Those of these placements, which the caller holds, that had not been told yet are told now."""
    ids = _move(
        {pk: state for pk, state in states.items() if state == _P.WITHDRAWING},
        _P.TOLD,
        {
            "withdrawal_sent_at": now,
            "next_at": deadlines.chase_at(0, told_at=now),
            "problem": "",
            "updated_at": now,
        },
    )
    enter(ids, what, now=now)
    return ids


def note_chased(claims: Iterable[Claim], *, now: datetime) -> None:
    """These were told once more."""
    alike: dict[datetime | None, list[int]] = defaultdict(list)
    for claim in claims:
        alike[deadlines.chase_at(claim.chased + 1, told_at=claim.told_at or now)].append(claim.pk)
    for at, ids in alike.items():
        later = at and max(at, now + deadlines.RETELL_AFTER[-1])
        Placement.objects.filter(pk__in=ids).update(
            chased=F("chased") + 1, next_at=later, problem="", updated_at=now
        )
        enter(ids, "told_again", now=now)


def next_try(claim: Claim, why: CallFailed, *, now: datetime) -> datetime:
    """By the outlet's wish, or by our own clock."""
    return now + why.retry_after if why.retry_after else deadlines.tell_again_at(claim.tries, now=now)


def enter(ids: Iterable[int], what: str, *, now: datetime, code: str = "") -> None:
    """A line in the ledger of each."""
    TakedownEntry.objects.bulk_create(
        [TakedownEntry(placement_id=pk, at=now, what=what, code=code) for pk in ids]
    )


def _move(rows: Mapping[int, str], to: str, changes: Mapping[str, Any]) -> list[int]:
    if not rows:
        return []
    ways = sorted(set(rows.values()))
    return move_many(Placement.objects.all(), PLACEMENT, ways, to, actor=SENDER, changes=changes, held=rows)
