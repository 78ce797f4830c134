"""The three sides of the API's list, at any page."""

from __future__ import annotations

import json
from functools import partial

from benchmarks.counting import counted
from benchmarks.load import Check, Ready
from benchmarks.peers.raw import Raw
from benchmarks.site import ask
from benchmarks.systems import let_in
from missingcases.models import AudienceRow
from missingcases.policies import organisation_principal

PAGE = 50


def api_list(page: int) -> Ready:
    """The page with that number, or the last full one of a smaller table."""
    system, raw = let_in(), Raw()
    rows = AudienceRow.objects.filter(
        principal=organisation_principal(system.client.organisation_id), revoked_at__isnull=True
    ).order_by("-reported_at", "-incident_id")
    page = max(1, min(page, rows.count() // PAGE))
    before = rows[(page - 1) * PAGE - 1] if page > 1 else None
    ours, limit = "/api/v1/incidents", "/list?at=infinity&id=0"
    if before is not None:
        micros = int(before.reported_at.timestamp()) * 1_000_000 + before.reported_at.microsecond
        ours += f"?after={micros}_{before.incident_id}"
        limit = f"/list?at={before.reported_at:%Y-%m-%dT%H:%M:%S.%fZ}&id={before.incident_id}"
    peer = f"/peer/incidents/?page={page}"
    found = {
        "ours": json.loads(ask(ours, **system.bearer).body)["incidents"],
        "peer": json.loads(ask(peer, **system.bearer).body)["results"],
        "limit": json.loads(ask(limit, app=raw, **system.bearer).body),
    }

    def checks() -> list[Check]:
        references = {name: [one["reference"] for one in told] for name, told in found.items()}
        same = references["ours"] == references["peer"] == references["limit"]
        return [Check(f"page {page} tells the same {PAGE} incidents on every side", str(same), same)]

    return Ready(
        ours=partial(ask, ours, **system.bearer),
        peer=partial(ask, peer, **system.bearer),
        limit=lambda: ask(limit, app=raw, **system.bearer),
        counters=lambda: counted(partial(ask, ours, **system.bearer)),
        checks=checks,
        close=raw.close,
    )
