"""Every way and every non-way of a message, tried."""

import itertools
import uuid

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import OPERATORS, Role
from foundation.actors import Actor
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.messaging.states import MESSAGE
from foundation.states import IllegalMove, move, move_many
from tests.foundation.messaging.conftest import again, queue

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
PAIRS = list(itertools.product(MessageStatus.values, repeat=2))


def standing_at(status: str) -> Message:
    """A message put at `status` with the columns that its constraints ask for."""
    row = queue()
    now = timezone.now()
    Message.objects.filter(pk=row.pk)._update(
        [
            (Message._meta.get_field(name), None, value)
            for name, value in {
                "status": status,
                "claim_token": None if status == "queued" else uuid.uuid4(),
                "claimed_at": now,
                "sent_at": now,
                "delivered_at": now,
                "unknown_since": now,
            }.items()
        ]
    )
    return again(row)


@pytest.mark.parametrize(("source", "to"), PAIRS)
def test_a_message_moves_by_its_table_and_no_other_way(source: str, to: str) -> None:
    row = standing_at(source)
    changes = {"claim_token": None if to == "queued" else uuid.uuid4()}

    if (source, to) in MESSAGE.by_pair:
        assert move(row, MESSAGE, to, actor=SYSTEM, reason="why", changes=changes).status == to
    else:
        with pytest.raises(IllegalMove):
            move(row, MESSAGE, to, actor=SYSTEM, reason="why", changes=changes)
        assert again(row).status == source


@pytest.mark.parametrize(("source", "to"), PAIRS)
def test_many_messages_move_by_the_same_table(source: str, to: str) -> None:
    row = standing_at(source)
    mine = Message.objects.filter(pk=row.pk)
    changes = {"claim_token": None if to == "queued" else uuid.uuid4()}

    if (source, to) in MESSAGE.by_pair:
        moved = move_many(
            mine, MESSAGE, source, to, actor=SYSTEM, reason="why", changes=changes, audited=False
        )
        assert moved == [row.pk]
        assert again(row).status == to
    else:
        with pytest.raises(IllegalMove):
            move_many(mine, MESSAGE, source, to, actor=SYSTEM, reason="why", audited=False)


@pytest.mark.parametrize("pair", sorted(MESSAGE.by_pair))
@pytest.mark.parametrize("role", sorted(Role))
def test_only_the_named_roles_may_move_a_message(pair: tuple[str, str], role: Role) -> None:
    row = standing_at(pair[0])
    actor = Actor(organisation_id=None, roles=frozenset({role}))

    if role in MESSAGE.by_pair[pair].who:
        assert MESSAGE.refusal(row, pair[1], actor, "why") is None
    else:
        with pytest.raises(Refused):
            move(row, MESSAGE, pair[1], actor=actor, reason="why")


@pytest.mark.parametrize("to", ["delivered", "failed"])
def test_a_person_settles_an_unknown_outcome_only_with_a_reason(to: str) -> None:
    row = standing_at("unknown")
    settler = Actor(organisation_id=None, roles=OPERATORS)

    assert MESSAGE.refusal(row, to, settler).code == "reason_required"


def test_a_delivered_message_stays_delivered() -> None:
    assert MESSAGE.final == ("delivered",)
