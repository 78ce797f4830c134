"""The same list far down, where a system that catches up reads."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.sides import api_list


def _prepare(_rows: int) -> Ready:
    return api_list(150)


LOAD = Load("api_list_deep", "50-row list, API, page 150", Goal(peer=40, limit=0.4, growth=1.4), _prepare)
