"""A system asks what changed, and nothing has: what most of all pulls are."""

from __future__ import annotations

from django.utils import timezone

from benchmarks.counting import counted
from benchmarks.load import Check, Goal, Load, Ready
from benchmarks.peers.raw import Raw
from benchmarks.site import answered, ask
from benchmarks.systems import let_in, shut_out

# Behind everything there is.
PATH = "/api/v1/changes?cursor=999999999999.1"


def _prepare(_rows: int) -> Ready:
    system, raw = let_in(), Raw()
    peer = f"/peer/changes/?since={timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    known = {"tag": ask(PATH, **system.bearer).headers["etag"]}

    def ours() -> None:
        answer = ask(PATH, if_none_match=known["tag"], **system.bearer)
        known["tag"] = answer.headers["etag"]

    for _ in range(2):  # learns what the system reads by, then prepares the statement
        ours()

    def checks() -> list[Check]:
        ours()
        before = answered(PATH, if_none_match=known["tag"], **system.bearer).status
        shut_out(system)
        after = answered(PATH, if_none_match=known["tag"], **system.bearer).status
        said = f"{before} before, {after} at the next request"
        return [Check("a token that is shut out", said, (before, after) == (304, 401))]

    return Ready(
        ours=ours,
        peer=lambda: ask(peer, **system.bearer),
        limit=lambda: ask("/changed?xid=999999999999&change=1", app=raw, **system.bearer),
        counters=lambda: counted(ours),
        checks=checks,
        close=raw.close,
    )


LOAD = Load("pull_nothing_new", "status pull, nothing new", Goal(peer=8, growth=1.4), _prepare)
