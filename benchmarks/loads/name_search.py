"""The intake search by name, beside sounds under GIN."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.lookups import against
from benchmarks.peers.name_search import metaphone


def _prepare(_rows: int) -> Ready:
    return against(metaphone)


GOAL = Goal(peer=15, growth=1.5)
LOAD = Load("name_search", "intake name search, sounds", GOAL, _prepare, grows="ms")
