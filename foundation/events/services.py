"""Publishing events and paying what is owed for them."""

from __future__ import annotations

import random
import traceback
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import connection, transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.models import Owed, OwedStatus
from foundation.events.policies import may_see_owed
from foundation.events.states import OWED
from foundation.events.switchboard import path_of, route_of, subscribers
from foundation.events.types import EVENTS, Event, Subscriber, set_off_by
from foundation.failures import NobodyTakesIt
from foundation.states import move

log = structlog.get_logger(__name__)

ATTEMPTS_BEFORE_STUCK = 8
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
SWEEP_BATCH = 200
DELIVERY = Actor.system("events.deliver")
_running: ContextVar[Subscriber | None] = ContextVar("together_subscriber", default=None)


class NotInTransaction(RuntimeError):
    """An event was published where nothing would commit it together with what it tells of."""


class Undeclared(RuntimeError):
    """A together subscriber published what it had not declared by `types.sets_off`."""


def publish(event: Event) -> None:
    """Tell everybody on the event's route, inside the caller's transaction.

    `together` subscribers run now, each in a savepoint; one that raises is owed at `urgent` and
    shown in red, and the caller's write still commits. `afterwards` subscribers are owed one row
    each and kicked when the transaction commits. Raises `NotInTransaction`, `UnroutedEvent` and, inside
    a together subscriber, `Undeclared`.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(event.name)
    running = _running.get()
    if running is not None and type(event) not in set_off_by(running):
        raise Undeclared(f"{path_of(running)} published {event.name}")
    route = route_of(event)
    for subscriber in route.together:
        _run_together(event, subscriber)
    _owe(event, [path_of(one) for one in route.afterwards], lane=route.lane)


def _run_together(event: Event, subscriber: Subscriber) -> None:
    outer = _running.set(subscriber)
    try:
        with transaction.atomic():
            subscriber(event)
    except Exception as error:
        log.error(
            "together_failed", event_name=event.name, subscriber=path_of(subscriber), **_words_of(error)
        )
        _owe(event, [path_of(subscriber)], lane="urgent", error=error)
    finally:
        _running.reset(outer)


def _owe(event: Event, paths: list[str], *, lane: str, error: Exception | None = None) -> None:
    now = timezone.now()
    rows = [
        Owed(
            event=event.name,
            payload=event.to_payload(),
            subscriber=path,
            lane=lane,
            was_together=error is not None,
            due_at=now,
            **_words_of(error),
        )
        for path in paths
    ]
    for row in Owed.objects.bulk_create(rows):
        transaction.on_commit(partial(_kick, row.pk, lane))


def _words_of(error: Exception | None) -> dict[str, str]:
    """An error as kind and place; its message may hold personal data and is not kept."""
    if error is None:
        return {"error_kind": "", "error_where": ""}
    last = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    where = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno} {last.name}" if last else ""
    return {"error_kind": type(error).__name__[:120], "error_where": where[:200]}


def _kick(owed_id: int, lane: str) -> None:
    from foundation.events.tasks import deliver_owed
    from foundation.tasks import send_or_leave

    send_or_leave(deliver_owed, owed_id, lane=lane)


def deliver(*, owed_id: int) -> bool:
    """Pay one debt: run its subscriber and mark it done in one transaction.

    Returns False where somebody else holds it or it is not owed. A failure rolls the subscriber
    back, keeps the kind of error, waits longer each time and, at the limit, is left for a person.
    """
    try:
        with transaction.atomic():
            owed = (
                Owed.objects.select_for_update(skip_locked=True, no_key=True)
                .filter(pk=owed_id, status=OwedStatus.OWED)
                .first()
            )
            if owed is None:
                return False
            _call(owed)
            move(owed, OWED, OwedStatus.DONE, actor=DELIVERY, changes={"done_at": timezone.now()})
            return True
    except Exception as error:
        log.error("owed_failed", owed_id=owed_id, **_words_of(error))
        _keep_failure(owed_id, error)
        return False


def _call(owed: Owed) -> None:
    event, subscriber = EVENTS.get(owed.event), subscribers().get(owed.subscriber)
    if event is None or subscriber is None:
        raise NobodyTakesIt(owed.subscriber)
    subscriber(event.from_payload(owed.payload))


@transaction.atomic
def _keep_failure(owed_id: int, error: Exception) -> None:
    owed = Owed.objects.select_for_update(no_key=True).filter(pk=owed_id, status=OwedStatus.OWED).first()
    if owed is None:
        return
    owed.attempts += 1
    owed.due_at = timezone.now() + _wait_after(owed.attempts)
    for name, value in _words_of(error).items():
        setattr(owed, name, value)
    owed.save(update_fields=["attempts", "due_at", "error_kind", "error_where"])
    if owed.attempts >= ATTEMPTS_BEFORE_STUCK:
        move(owed, OWED, OwedStatus.STUCK, actor=DELIVERY)


def _wait_after(attempts: int) -> timedelta:
    doubled: timedelta = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return doubled * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret


def due(*, now: datetime) -> list[int]:
    """Ids of debts whose time has come, failed stops first, then the oldest; at most a sweep's worth."""
    rows = Owed.objects.filter(status=OwedStatus.OWED, due_at__lte=now)
    return list(rows.order_by("-was_together", "due_at").values_list("pk", flat=True)[:SWEEP_BATCH])


def sweep() -> int:
    """Pay every debt that is due and was not kicked or was lost with Redis; return how many."""
    return sum(deliver(owed_id=owed_id) for owed_id in due(now=timezone.now()))


@transaction.atomic
def try_again(*, owed_id: int, actor: Actor) -> None:
    """Have a debt paid now: a stuck one starts afresh, one that waits for its next try waits no longer.

    Raises `Refused` for others than administrators, and where it is done already.
    """
    owed = Owed.objects.get(pk=owed_id)
    now = timezone.now()
    if owed.status == OwedStatus.OWED:
        require(may_see_owed(actor))
        Owed.objects.filter(pk=owed_id, status=OwedStatus.OWED).update(due_at=now)
        audit.record(actor=actor, action="owed.hurried", target=owed, fields=["due_at"])
    else:
        move(owed, OWED, OwedStatus.OWED, actor=actor, changes={"attempts": 0, "due_at": now})
    transaction.on_commit(lambda: _kick(owed_id, owed.lane))
