"""The newest fifty incidents a force's system sees."""

from __future__ import annotations

from benchmarks.load import Goal, Load, Ready
from benchmarks.sides import api_list


def _prepare(_rows: int) -> Ready:
    return api_list(1)


LOAD = Load("api_list", "50-row list, API, page 1", Goal(peer=8, limit=0.4, growth=1.4), _prepare)
