"""The contact log, its timer, and what is owed from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from families.enums import TaskKind, TaskStatus
from families.models import ContactRecord, SupportTask
from families.services import contacts, members, points, tasks
from families.services.contacts import Heard
from foundation.access import Refused
from foundation.exceptions import Invalid, NotVisible
from foundation.states import IllegalMove

pytestmark = pytest.mark.django_db


def log(case, who, member=None, heard: Heard | None = None, minutes: int = 12, **given: Any) -> ContactRecord:
    now = timezone.now()
    asked: dict[str, Any] = {
        "member_id": member.pk if member else None,
        "channel": "call",
        "direction": "in",
        "started_at": now - timedelta(minutes=minutes),
        "ended_at": now,
        "heard": heard or Heard("She asked what the police do now."),
        "form_token": uuid4(),
    }
    return contacts.log_contact(actor=who.actor, case_id=case.pk, **(asked | given))


def test_a_call_that_is_over_is_put_down_once(case, mother, family_worker) -> None:
    token = uuid4()
    first, second = (log(case, family_worker, mother, form_token=token) for _ in range(2))
    assert first == second
    assert (first.minutes, first.worker) == (12, family_worker.user)


def test_what_cannot_be_is_refused_and_nothing_is_kept(case, mother, father, family_worker) -> None:
    now = timezone.now()
    wrong: list[dict[str, Any]] = [
        {"heard": Heard(" ")},
        {"heard": Heard("Hm", risk="at_risk")},
        {"heard": Heard("Hm", needs=("sweets",))},
        {"heard": Heard("Hm", call_back_at=now)},
        {"ended_at": now - timedelta(hours=1)},
        {"started_at": now + timedelta(hours=1), "ended_at": now + timedelta(hours=2)},
        {"member_id": 0, "heard": Heard("")},
    ]
    for given in wrong:
        with pytest.raises(Invalid):
            log(case, family_worker, mother, **given)
    assert not ContactRecord.objects.exists()


def test_a_risk_and_a_promise_are_owed_from_then_on(case, mother, family_worker) -> None:
    later = timezone.now() + timedelta(hours=3)
    heard = Heard("She cannot go on.", risk="at_risk", risk_words="Alone tonight.", call_back_at=later)
    row = log(case, family_worker, mother, heard)
    log(case, family_worker, mother, Heard("Now.", risk="immediate", risk_words="On a bridge."))
    owed = {(task.kind, task.due_at) for task in SupportTask.objects.all()}
    assert owed == {
        (TaskKind.RISK, timezone.now() + timedelta(hours=1)),
        (TaskKind.RISK, timezone.now()),
        (TaskKind.CALL_BACK, later),
    }
    assert set(row.tasks.values_list("owner", flat=True)) == {family_worker.user.pk}


def test_a_timer_runs_until_its_worker_stops_it(clock, case, mother, family_worker, caseworker) -> None:
    given = {"case_id": case.pk, "member_id": mother.pk, "direction": "out"}
    with pytest.raises(Invalid):
        contacts.start_call(actor=family_worker.actor, **given)
    given["point_id"] = mother.points.get().pk
    row = contacts.start_call(actor=family_worker.actor, **given)
    assert row.minutes == 0
    with pytest.raises(Refused):
        contacts.start_call(actor=family_worker.actor, **given)
    clock.shift(timedelta(minutes=7, seconds=10))
    with pytest.raises(NotVisible):
        contacts.finish_call(actor=caseworker.actor, contact_id=row.pk, heard=Heard("Mine."))
    with pytest.raises(Invalid):
        contacts.finish_call(
            actor=family_worker.actor,
            contact_id=row.pk,
            heard=Heard("Ok."),
            ended_at=timezone.now() + timedelta(hours=1),
        )
    done = contacts.finish_call(actor=family_worker.actor, contact_id=row.pk, heard=Heard("She slept."))
    assert done.minutes == 8
    with pytest.raises(Refused):
        contacts.finish_call(actor=family_worker.actor, contact_id=row.pk, heard=Heard("Again."))


def test_nobody_is_rung_on_an_unsafe_number_or_against_their_wish(
    case, mother, father, family_worker
) -> None:
    point = points.mark_unsafe(actor=family_worker.actor, point_id=mother.points.get().pk, why="He answers.")
    given = {"actor": family_worker.actor, "case_id": case.pk, "member_id": mother.pk}
    with pytest.raises(Refused):
        contacts.start_call(**given, direction="out", point_id=point.pk)
    with pytest.raises(Invalid):
        contacts.start_call(**given, direction="out", point_id=father.points.get().pk)
    members.block_member(actor=family_worker.actor, member_id=mother.pk, why="Not her.")
    with pytest.raises(Refused):
        contacts.start_call(**given, direction="out")
    assert contacts.start_call(**given, direction="in").ended_at is None


def test_an_entry_is_put_right_beside_and_never_changed(case, mother, family_worker, met_officer) -> None:
    row = log(case, family_worker, mother)
    given = {"contact_id": row.pk, "words": "It was the aunt."}
    found = contacts.correct_contact(actor=family_worker.actor, **given)
    row.refresh_from_db()
    assert (found.corrects, row.words) == (row, "She asked what the police do now.")
    with pytest.raises(NotVisible):
        contacts.correct_contact(actor=met_officer.actor, **given)
    with pytest.raises(NotVisible):
        contacts.correct_contact(actor=family_worker.actor, contact_id=0, words="Hm")


def test_a_task_is_done_or_dropped_with_a_reason(
    case, mother, family_worker, second_worker, met_officer
) -> None:
    given = {"actor": family_worker.actor, "case_id": case.pk, "kind": "action", "words": "Send the leaflet."}
    given["due_at"] = timezone.now()
    row = tasks.add_task(**given, owner_id=second_worker.user.pk, member_id=mother.pk)
    other = tasks.add_task(**given)
    assert (row.owner, other.owner) == (second_worker.user, family_worker.user)
    with pytest.raises(Invalid):
        tasks.add_task(**given, owner_id=met_officer.user.pk)
    assert tasks.finish_task(actor=second_worker.actor, task_id=row.pk).status == TaskStatus.DONE
    with pytest.raises(IllegalMove):
        tasks.finish_task(actor=second_worker.actor, task_id=row.pk)
    with pytest.raises(Refused):
        tasks.drop_task(actor=family_worker.actor, task_id=other.pk, reason="")
    tasks.drop_task(actor=family_worker.actor, task_id=other.pk, reason="They have it.")
    for who, task_id in ((met_officer, row.pk), (family_worker, 0)):
        with pytest.raises(NotVisible):
            tasks.finish_task(actor=who.actor, task_id=task_id)
