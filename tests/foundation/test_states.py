"""A transition table is held to itself, and `move` and `move_many` to the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.access import Refusal, Refused
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit.models import AuditEvent, Reason
from foundation.events.models import Owed
from foundation.states import REGISTRY, IllegalMove, StateTable, Transition, move, move_held, move_many

pytestmark = pytest.mark.django_db
SYSTEM = frozenset({Role.SYSTEM})
MACHINE = Actor.system("test")
OFFICER = Actor(organisation_id=None, roles=frozenset({Role.POLICE_OFFICER}), user_id=None)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """A table of the tests has no diagram and no model."""
    before = dict(REGISTRY)
    yield
    REGISTRY.clear()
    REGISTRY.update(before)


def nobody_is_waiting(row: Owed, actor: Actor) -> Refusal | None:
    return Refusal("waiting", "Somebody waits for it.") if row.event == "waits" else None


def table(*more: Transition, **over: object) -> StateTable:
    given = {
        "name": "tests.Owed",
        "states": ("owed", "stuck", "done"),
        "initial": ("owed",),
        "transitions": (
            Transition("owed", "stuck", SYSTEM, "thing.stuck"),
            Transition("owed", "done", SYSTEM, "thing.done", guard=nobody_is_waiting),
            Transition("stuck", "owed", SYSTEM, "thing.freed", reason_required=True),
            *more,
        ),
    }
    return StateTable(**{**given, **over})


def a_row(status: str = "owed", event: str = "plain") -> Owed:
    return Owed.objects.create(
        event=event, payload={}, subscriber="x", due_at=timezone.now(), **{"status": status}
    )


@pytest.mark.parametrize(
    ("more", "over", "words"),
    [
        ([Transition("owed", "lost", SYSTEM, "x")], {}, "names an unknown state"),
        ([Transition("lost", "owed", SYSTEM, "x")], {}, "names an unknown state"),
        ([Transition("owed", "stuck", SYSTEM, "x")], {}, "stands twice"),
        ([], {"initial": ("lost",)}, "unknown initial states"),
    ],
)
def test_a_table_that_contradicts_itself_cannot_be_made(more, over, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        table(*more, **over)
    assert "tests.Owed" not in REGISTRY


def test_what_nothing_leaves_is_final() -> None:
    assert table().final == ("done",)


def test_a_way_out_of_order_always_needs_a_reason() -> None:
    assert Transition("done", "owed", SYSTEM, "x", forced=True).needs_reason
    assert not Transition("done", "owed", SYSTEM, "x").needs_reason


def test_a_move_is_written_with_its_audit_entry_which_holds_no_value() -> None:
    row = a_row("stuck")
    fresh = move(row, table(), "owed", actor=MACHINE, reason="Mended.", changes={"attempts": 7})
    assert (fresh.status, row.status, row.attempts) == ("owed", "owed", 7)
    kept = AuditEvent.objects.get()
    assert (kept.action, kept.from_state, kept.to_state) == ("thing.freed", "stuck", "owed")
    assert (kept.target_id, kept.fields) == (row.pk, ["attempts", "status"])
    assert Reason.objects.get(pk=kept.reason_id).text == "Mended."


@pytest.mark.parametrize(
    ("status", "to", "actor", "reason", "event", "code"),
    [
        ("done", "owed", MACHINE, "", "plain", "illegal_move"),
        ("owed", "stuck", OFFICER, "", "plain", "role"),
        ("stuck", "owed", MACHINE, "  ", "plain", "reason_required"),
        ("owed", "done", MACHINE, "", "waits", "waiting"),
    ],
)
def test_a_refused_move_writes_nothing(status, to, actor, reason, event, code) -> None:
    row = Owed(event=event, payload={}, subscriber="x", due_at=timezone.now(), **{"status": status})
    row.done_at = timezone.now() if status == "done" else None
    row.save()
    with pytest.raises(IllegalMove if code == "illegal_move" else Refused) as refused:
        move(row, table(), to, actor=actor, reason=reason)
    assert refused.value.refusal.code == code
    assert Owed.objects.get().status == status
    assert not AuditEvent.objects.exists()


def test_a_page_may_ask_before_the_reason_is_given() -> None:
    row = a_row("stuck")
    assert table().may(row, "owed", MACHINE) is None
    assert table().refusal(row, "owed", MACHINE).code == "reason_required"
    assert table().may(row, "owed", OFFICER).code == "role"


def test_a_move_is_decided_by_the_row_in_the_database_and_not_by_an_old_copy() -> None:
    old = a_row()
    move(Owed.objects.get(), table(), "stuck", actor=MACHINE)
    with pytest.raises(IllegalMove):
        move(old, table(), "stuck", actor=MACHINE)


def test_many_are_moved_with_one_entry_for_each_state_they_came_from() -> None:
    rows = [a_row("owed"), a_row("stuck"), a_row("stuck")]
    ways = table(Transition("stuck", "done", SYSTEM, "thing.closed"))
    free = StateTable(
        name="tests.Free",
        states=ways.states,
        initial=ways.initial,
        transitions=(
            Transition("owed", "done", SYSTEM, "thing.done"),
            Transition("stuck", "done", SYSTEM, "thing.closed"),
        ),
    )
    changes = {"done_at": timezone.now()}
    moved = move_many(Owed.objects.all(), free, ["owed", "stuck"], "done", actor=MACHINE, changes=changes)
    assert moved == [row.pk for row in rows]
    assert {(kept.action, kept.from_state, tuple(kept.target_ids)) for kept in AuditEvent.objects.all()} == {
        ("thing.done", "owed", (rows[0].pk,)),
        ("thing.closed", "stuck", (rows[1].pk, rows[2].pk)),
    }


@pytest.mark.parametrize(
    ("source", "to", "actor", "error"),
    [
        ("done", "owed", MACHINE, IllegalMove),
        ("owed", "stuck", OFFICER, Refused),
        ("stuck", "owed", MACHINE, Refused),
        ("owed", "done", MACHINE, ValueError),
    ],
)
def test_many_are_refused_like_one(source, to, actor, error) -> None:
    a_row("owed")
    with pytest.raises(error):
        move_many(Owed.objects.all(), table(), source, to, actor=actor)
    assert Owed.objects.get().status == "owed"


def test_many_of_which_none_stands_there_is_nothing() -> None:
    a_row("stuck")
    assert move_many(Owed.objects.all(), table(), "owed", "stuck", actor=MACHINE) == []
    assert not AuditEvent.objects.exists()


def test_a_batch_whose_log_is_its_record_leaves_no_entry() -> None:
    a_row()
    assert move_many(Owed.objects.all(), table(), "owed", "stuck", actor=MACHINE, audited=False)
    assert not AuditEvent.objects.exists()


def test_a_row_that_is_held_is_moved_like_any_other_but_neither_locked_nor_read_again() -> None:
    row = a_row("stuck")
    with CaptureQueriesContext(connection) as said:
        moved = move_held(row, table(), "owed", actor=MACHINE, reason="Mended.", changes={"attempts": 7})
    assert moved is row
    assert not [one for one in said if one["sql"].startswith(("SELECT", "SAVEPOINT"))]
    kept = Owed.objects.get()
    assert (kept.status, kept.attempts) == ("owed", 7)
    entry = AuditEvent.objects.get()
    assert (entry.action, entry.from_state, entry.to_state) == ("thing.freed", "stuck", "owed")


def test_a_row_that_is_held_is_refused_before_anything_is_written() -> None:
    row = a_row("stuck")
    with pytest.raises(Refused):
        move_held(row, table(), "owed", actor=MACHINE)
    with pytest.raises(IllegalMove):
        move_held(row, table(), "done", actor=MACHINE)
    assert (row.status, Owed.objects.get().status) == ("stuck", "stuck")
    assert not AuditEvent.objects.exists()


def test_of_many_that_are_held_those_move_that_stand_where_they_may_leave() -> None:
    one, other = a_row("owed"), a_row("stuck")
    held = {row.pk: row.status for row in (one, other)}
    with CaptureQueriesContext(connection) as said:
        assert move_many(Owed.objects.all(), table(), "owed", "stuck", actor=MACHINE, held=held) == [one.pk]
    assert not [row for row in said if row["sql"].startswith("SELECT")]
    assert AuditEvent.objects.get().target_ids == [one.pk]
