"""The intake search by name, beside sounds under GIN."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.lookups import against
from benchmarks.peers.name_search import metaphone


def _prepare(_rows: int) -> Ready:
    return against(metaphone)


LOAD = Load("name_search", "intake name search, sounds", Goal(peer=15, growth=1.5), _prepare, grows="ms")
