"""Claiming placements: the committed promise that for a while nobody else calls their outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet
from django.utils import timezone

from appeals import deadlines
from appeals.addresses import page_address
from appeals.channels import NETWORKS
from appeals.channels.base import Job
from appeals.enums import Channel, PlacementStatus
from appeals.models import Placement
from appeals.models.placements import OWED
from appeals.selectors import may_be_shown, published_again
from appeals.states import PLACEMENT
from foundation.actors import Actor
from foundation.states import move_many

SENDER = Actor.system("appeals.send")
_P = PlacementStatus
# Whoever else shows our appeals reads our rows.
CALLED = frozenset({*NETWORKS, Channel.MEDIA_EMAIL})
AT_ONCE = 200
# Whether an earlier try published it is not known.
UNSURE = (_P.SENDING, _P.UNKNOWN)

_FIELDS = (
    *("pk", "status", "reference", "planned_at", "embargo_until", "remote_id", "remote_url", "live_at"),
    *("tries", "chased", "withdrawal_sent_at"),
    *("appeal_id", "appeal__token", "appeal__page", "appeal__reference"),
    *("outlet__channel", "outlet__address", "outlet__account", "outlet__secret", "outlet__language"),
    "outlet__verifiable",
)
_kin = Placement.objects.filter(appeal_id=OuterRef("appeal_id"), outlet_id=OuterRef("outlet_id")).exclude(
    pk=OuterRef("pk")
)
# Of the same appeal at the same outlet, before or after a pause: what is replaced, and what is not this one.
_KIN = {
    "replaces": ArraySubquery(
        _kin.filter(pk__lt=OuterRef("pk")).exclude(status=_P.DROPPED).values("reference")
    ),
    "others": ArraySubquery(_kin.exclude(remote_id="").values("remote_id")),
}
# Only what is to be published takes these along.
_SHOWN = ("shown", "content__picture__stored_name", "content__picture__content_type", *_KIN)


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One placement that is ours to call about. `status` is where it stood when it was claimed."""

    pk: int
    appeal_id: int
    channel: str
    status: str
    tries: int
    chased: int
    verifiable: bool
    was_live: bool
    told_at: datetime | None
    job: Job


def claim_to_send(rows: QuerySet[Placement]) -> list[Claim]:
    """Claim what of `rows` is due to be published, or was claimed for it by somebody not heard of again."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = rows.filter(
            may_be_shown(now), outlet__channel__in=CALLED, outlet__is_active=True, next_at__lte=now
        )
        ids = list(due.order_by("next_at").values_list("pk", flat=True)[:AT_ONCE])
        chosen = Placement.objects.filter(pk__in=ids)
        unsure = _locked(chosen.filter(status__in=UNSURE), now)
        taken = {"claimed_at": now, "tries": F("tries") + 1, "next_at": deadlines.lease_ends_at(now)}
        fresh = move_many(
            chosen.filter(may_be_shown(now)),
            PLACEMENT,
            (_P.PLANNED, _P.FAILED),
            _P.SENDING,
            actor=SENDER,
            changes={**taken, "updated_at": now},
        )
        if unsure:
            Placement.objects.filter(pk__in=unsure).update(**taken)
        statuses = {**dict.fromkeys(fresh, str(_P.PLANNED)), **unsure}
        read = Placement.objects.filter(pk__in=statuses).annotate(**_KIN).values(*_FIELDS, *_SHOWN)
        return [_claim(row, statuses[row["pk"]], shown=row["shown"]) for row in read]


def claim_to_tell(rows: QuerySet[Placement]) -> list[Claim]:
    """Claim what of `rows` is due to be taken down, or was told and is to be asked again."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        owed = rows.filter(status__in=OWED, outlet__channel__in=CALLED, next_at__lte=now)
        due = owed.exclude(published_again())
        locked = due.select_for_update(of=("self",), skip_locked=True, no_key=True)
        found = list(locked.order_by("next_at").values(*_FIELDS)[:AT_ONCE])
        if found:
            Placement.objects.filter(pk__in=[row["pk"] for row in found]).update(
                claimed_at=now, tries=F("tries") + 1, next_at=deadlines.lease_ends_at(now)
            )
        others = _others(found)
        return [
            _claim(
                row | {"others": others.get(row["pk"], ())}, row["status"], tries=row["tries"] + 1, shown={}
            )
            for row in found
        ]


def _others(rows: Sequence[dict[str, Any]]) -> dict[int, list[str]]:
    """The other posts of those that are to be looked for by what they say, as nobody knows their id there."""
    lost = [row["pk"] for row in rows if row["outlet__channel"] == Channel.MASTODON and not row["remote_id"]]
    kin = Placement.objects.filter(pk__in=lost).annotate(others=_KIN["others"])
    return dict(kin.values_list("pk", "others")) if lost else {}


def _locked(rows: QuerySet[Placement], now: datetime) -> dict[int, str]:
    """The rows that nobody else is about to claim, and that are still due."""
    locked = rows.filter(Q(next_at__lte=now)).select_for_update(of=("self",), skip_locked=True, no_key=True)
    return dict(locked.values_list("pk", "status"))


def _claim(row: dict[str, Any], status: str, *, shown: dict[str, Any], tries: int | None = None) -> Claim:
    turn = row["tries"] if tries is None else tries
    return Claim(
        pk=row["pk"],
        appeal_id=row["appeal_id"],
        channel=row["outlet__channel"],
        status=status,
        tries=turn,
        chased=row["chased"],
        verifiable=row["outlet__verifiable"],
        was_live=row["live_at"] is not None,
        told_at=row["withdrawal_sent_at"],
        job=_job(row, shown=shown, turn=turn),
    )


def job_of(placement_id: int) -> Job:
    """One placement as its network may know it, as it stands now; nothing is claimed."""
    row = Placement.objects.annotate(**_KIN).values(*_FIELDS, *_SHOWN).get(pk=placement_id)
    return _job(row, shown=row["shown"], turn=row["tries"])


def _job(row: dict[str, Any], *, shown: dict[str, Any], turn: int) -> Job:
    return Job(
        reference=row["reference"],
        appeal_reference=row["appeal__reference"],
        planned_at=row["planned_at"],
        address=row["outlet__address"].rstrip("/"),
        account=row["outlet__account"],
        secret=row["outlet__secret"],
        language=row["outlet__language"],
        shown=shown,
        page=page_address(row["appeal__token"], row["appeal__page"]),
        picture_place=row.get("content__picture__stored_name") or "",
        picture_type=row.get("content__picture__content_type") or "",
        remote_id=row["remote_id"],
        remote_url=row["remote_url"],
        embargo_until=row["embargo_until"],
        turn=turn,
        replaces=tuple(row.get("replaces", ())),
        others=frozenset(row["others"]),
    )


def parted(claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Those whose outlets are called, and those who get e-mail."""
    called: list[Claim] = []
    written: list[Claim] = []
    for claim in claims:
        (written if claim.channel == Channel.MEDIA_EMAIL else called).append(claim)
    return called, written
