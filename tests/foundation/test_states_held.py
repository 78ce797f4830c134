"""What `move_held` asks of its caller, with real commits: a test's own transaction would hide it."""

from __future__ import annotations

import pytest
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from foundation.actors import Actor
from foundation.events.models import Owed
from foundation.messaging.states import MESSAGE
from foundation.states import move_held


def test_nothing_is_held_outside_a_transaction(committing_db: str) -> None:
    row = Owed.objects.create(event="plain", payload={}, subscriber="x", due_at=timezone.now())
    before = row.status
    with pytest.raises(TransactionManagementError):
        move_held(row, MESSAGE, "sending", actor=Actor.system("test"))
    assert Owed.objects.get().status == before
