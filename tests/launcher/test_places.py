"""Where a throwaway database lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from launcher import places
from launcher.accounts import can_enter, server_account


def test_memory_is_used_only_where_the_servers_may_enter_and_there_is_room() -> None:
    account = server_account()
    found = places.memory_parent(account)
    if found is None:
        short = not places.IN_MEMORY.is_dir() or not can_enter(places.IN_MEMORY, account)
        free = 0 if short else os.statvfs(places.IN_MEMORY).f_bavail * os.statvfs(places.IN_MEMORY).f_frsize
        assert short or free < places.ROOM_BYTES or places._memory_left() < 2 * places.ROOM_BYTES
    else:
        assert found == places.IN_MEMORY
        assert places._memory_left() > places.ROOM_BYTES


def test_without_room_or_without_such_a_folder_it_is_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(places, "ROOM_BYTES", 1 << 60)
    assert places.memory_parent(None) is None
    monkeypatch.setattr(places, "ROOM_BYTES", 1)
    monkeypatch.setattr(places, "LEFT_BYTES", 1 << 60)
    assert places.memory_parent(None) is None
    monkeypatch.setattr(places, "LEFT_BYTES", 1)
    monkeypatch.setattr(places, "IN_MEMORY", tmp_path)
    assert places.memory_parent(None) == tmp_path
    monkeypatch.setattr(places, "IN_MEMORY", tmp_path / "none")
    assert places.memory_parent(None) is None
