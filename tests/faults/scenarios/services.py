"""Each service taken out in turn: what is left migrates a database and works on incidents."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import isolation
from tests.architecture.left import copied, services
from tests.faults.table import BROKEN, HOLDS, write_row

FAULT = "a service taken out, each in turn"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[str]:
    """A database migrated from empty by the product without any service.

    The products without one go on from there: what is common to all is migrated once.
    """
    server, name = os.environ["DATABASE_URL"], f"bare_{secrets.token_hex(4)}"
    isolation.make_database(server, name)
    with copied(tmp_path, *services()) as nothing:
        done = nothing.run("manage.py", "migrate", "-v", "0", DATABASE_URL=isolation.with_path(server, name))
    assert done.returncode == 0, done.stderr[-3000:]
    yield name
    isolation.drop_database(server, name)


def test_what_is_left_works_on_incidents(bare: str, tmp_path: Path) -> None:
    broken = {}
    for service in services():
        with copied(tmp_path, service) as left:
            done = left.works(HARBOUR_TEST_BEGINNING=bare)
        if done.returncode or " passed" not in done.stdout:
            broken[service] = done.stdout[-5000:]
    write_row(
        {
            "fault": FAULT,
            "hit": len(services()),
            "intended": len(services()),
            "accepted": len(services()) - len(broken),
            "unknown": 0,
            "doubled": 0,
            "mistaken": len(broken),
            "audit rows": "-",
            "sealed": "-",
            "verdict": BROKEN if broken else HOLDS,
        }
    )
    assert broken == {}
