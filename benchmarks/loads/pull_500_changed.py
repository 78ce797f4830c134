"""A system asks what changed, and five hundred incidents have."""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.peers.raw import Raw
from benchmarks.site import ask
from benchmarks.systems import let_in
from missingcases.models import AudienceRow, Incident
from missingcases.services.audience import touch

CHANGED = 500


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
        return [Check("changes told", told, set(found.values()) == {len(ids)})]

    return Ready(
        ours=lambda: ask(path, **system.bearer),
        peer=lambda: ask(peer, **system.bearer),
        limit=lambda: raw.changed(system.client.organisation_id, xid, change),
        counters=lambda: counted(lambda: ask(path, **system.bearer)),
        checks=checks,
        close=raw.close,
    )


LOAD = Load("pull_500_changed", "status pull, 500 changed", Goal(peer=5, growth=1.4), _prepare, writes=True)
