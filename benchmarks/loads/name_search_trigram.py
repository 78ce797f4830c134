"""The intake search by name, beside trigrams under GIN."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.lookups import against
from benchmarks.peers.name_search import trigram


def _prepare(_rows: int) -> Ready:
    return against(trigram)


LOAD = Load(
    "name_search_trigram", "intake name search, trigrams", Goal(peer=6, growth=1.5), _prepare, grows="ms"
)
