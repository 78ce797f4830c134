"""The intake search by name, beside trigrams under GIN."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.lookups import against
from benchmarks.peers.name_search import trigram


def _prepare(_rows: int) -> Ready:
    return against(trigram)


GOAL = Goal(peer=6, growth=1.5)
LOAD = Load("name_search_trigram", "intake name search, trigrams", GOAL, _prepare, grows="ms")
