"""Sources are compiled once for all processes of a run, also where nothing may be written beside them."""

from __future__ import annotations

import pytest

from launcher import services
from launcher.places import BYTECODE

ELSEWHERE = {"DATABASE_URL": "postgres://db.invalid/x", "REDIS_URL": "redis://redis.invalid/0"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """With servers of somebody else's, so that none is started."""
    for name, value in ELSEWHERE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return monkeypatch


def test_who_may_write_nothing_beside_the_sources_writes_under_var(started: pytest.MonkeyPatch) -> None:
    started.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with services.throwaway() as env:
        assert "PYTHONDONTWRITEBYTECODE" not in env
        assert env["PYTHONPYCACHEPREFIX"] == str(BYTECODE)


def test_a_folder_somebody_chose_is_kept(started: pytest.MonkeyPatch) -> None:
    started.setenv("PYTHONDONTWRITEBYTECODE", "1")
    started.setenv("PYTHONPYCACHEPREFIX", "/somewhere")
    with services.throwaway() as env:
        assert env["PYTHONPYCACHEPREFIX"] == "/somewhere"


def test_otherwise_python_does_as_it_always_does(started: pytest.MonkeyPatch) -> None:
    with services.throwaway() as env:
        assert "PYTHONPYCACHEPREFIX" not in env
