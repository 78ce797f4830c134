"""Tests that share something costly run in one process of several."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest
from xdist.remote import WorkerInteractor


@pytest.mark.xdist_group("one place")
def test_a_group_of_tests_stays_in_one_process(request: pytest.FixtureRequest) -> None:
    """The scheduler reads the end of the node id: where pytest and xdist differ on it, they are scattered."""
    marked = copy.copy(request.node)
    distributed = SimpleNamespace(getvalue=lambda _: True)
    WorkerInteractor.pytest_collection_modifyitems(SimpleNamespace(), distributed, [marked])
    assert marked.nodeid.endswith("@one place")
