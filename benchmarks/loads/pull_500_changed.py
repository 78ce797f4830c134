"""A system asks what changed, and five hundred incidents have; then, for what one more costs, a hundred."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.peers.raw import Raw
from benchmarks.processor import Meter
from benchmarks.site import ask
from benchmarks.systems import let_in
from missingcases.models import AudienceRow, Incident
from missingcases.services.audience import touch

CHANGED, FEWER = 500, 100
# So many asked at once, as one alone is too quick for the kernel's count of processor time.
ASKED = 20
# What one change may cost among many, in buffers, as a multiple of what it costs among few: work that grew
# faster than what changed would make it several times as much. Few rows lie closer together than many.
MORE = 1.25


def _prepare(_rows: int) -> Ready:
    system, raw = let_in(), Raw()
    own = Incident.objects.filter(owner_id=system.client.organisation_id, is_restricted=False)
    ids = list(own.order_by("-pk").values_list("pk", flat=True)[:CHANGED])
    last = AudienceRow.objects.order_by("-change_xid", "-change").values_list("change_xid", "change")[0]
    before = f"{last[0]}.{last[1]}"  # where a system stands that has read everything
    now = timezone.now()
    with transaction.atomic():
        touch(incident_id__in=ids)
        Incident.objects.filter(pk__in=ids).update(updated_at=now)
    path = f"/api/v1/changes?cursor={before}&limit={CHANGED}"
    peer = f"/peer/changes/?since={now:%Y-%m-%dT%H:%M:%S}Z"
    xid, change = before.split(".")
    found = {
        "ours": len(json.loads(ask(path, **system.bearer).body)["changes"]),
        "peer": len(json.loads(ask(peer, **system.bearer).body)["results"]),
        "limit": len(json.loads(raw.changed(system.client.organisation_id, xid, change))),
    }

    def checks() -> list[Check]:
        told = ", ".join(f"{name} {count}" for name, count in found.items())
        all_told = Check("changes told", told, set(found.values()) == {len(ids)})
        return [all_told, _by_what_changed(path, system.bearer)]

    return Ready(
        ours=lambda: ask(path, **system.bearer),
        peer=lambda: ask(peer, **system.bearer),
        limit=lambda: raw.changed(system.client.organisation_id, xid, change),
        counters=lambda: counted(lambda: ask(path, **system.bearer)),
        checks=checks,
        close=raw.close,
    )


def _by_what_changed(path: str, bearer: dict[str, str]) -> Check:
    """The same pull from where only the last hundred are left: a fifth of the work, whatever the table."""
    before_last = f"{path.rpartition('=')[0]}={CHANGED - FEWER}"
    cursor = json.loads(ask(before_last, **bearer).body)["cursor"]
    fewer = f"/api/v1/changes?cursor={cursor}&limit={CHANGED}"
    many, few = _cost(path, CHANGED, bearer), _cost(fewer, FEWER, bearer)
    seen = f"{few.told()} where {FEWER} changed, {many.told()} where {CHANGED} did"
    return Check("what one change costs", seen, many.buffers <= few.buffers * MORE)


@dataclass(frozen=True, slots=True)
class _Cost:
    """Of one change that is told, everything around it included."""

    buffers: float
    milliseconds: float

    def told(self) -> str:
        return f"{self.buffers:.1f} buffers and {self.milliseconds:.3f} ms of processor"


def _cost(path: str, changed: int, bearer: dict[str, str]) -> _Cost:
    if len(json.loads(ask(path, **bearer).body)["changes"]) != changed:
        raise RuntimeError(f"{changed} changes were to be told")
    buffers = counted(lambda: ask(path, **bearer))["buffers"]
    meter = Meter()
    for _ in range(ASKED):
        ask(path, **bearer)
    return _Cost(buffers / changed, meter.spent() * 1000 / ASKED / changed)


LOAD = Load("pull_500_changed", "status pull, 500 changed", Goal(peer=5, growth=1.4), _prepare, writes=True)
