"""Periods, and runs: proposed by one person, started by another, done by a worker that may be killed."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Retention, retention
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from foundation.tasks import send_or_leave
from missingcases.models import Incident
from missingcases.retention import clearing, policies, selectors
from missingcases.retention.enums import Came, RunStatus
from missingcases.retention.models import Period, Run, RunItem
from missingcases.retention.states import RUN

WORKER = Actor.system("retention.run")
AT_ONCE = 100
LONGEST_DAYS = 100 * 366


@transaction.atomic
def set_period(*, actor: Actor, days: int, basis: str, source: str, key: str = "") -> Period:
    """Say how long the organisation keeps an incident that has ended, or what the schedule `key` is of.

    Raises `Refused`, `Invalid`, and `NotVisible` for a schedule that is none of the organisation's.
    """
    require(policies.may_set(actor))
    rule = selectors.rule_named(actor, key) if key else None
    problems: dict[str, str] = {}
    if rule is None and not selectors.LEAST_DAYS <= days <= LONGEST_DAYS:
        problems["days"] = f"Enter at least {selectors.LEAST_DAYS} days, which are six years."
    if rule is not None and rule.schedule is not None:
        least, longest = rule.schedule.least.days, rule.schedule.longest.days
        if not least <= days <= longest:
            problems["days"] = f"Enter between {least:,} and {longest:,} days."
    for name, words in (("basis", basis), ("source", source)):
        if not words.strip():
            problems[name] = "Say on what it rests."
    if problems:
        raise Invalid(problems)
    period = Period.objects.create(
        organisation_id=actor.organisation_id or 0,
        kind=rule.model if rule else selectors.INCIDENTS,
        keep_days=days,
        basis=basis.strip()[:200],
        source=source.strip()[:200],
        set_by_id=actor.user_id or 0,
    )
    audit.record(actor=actor, action="retention.period_set", target=period, fields=["keep_days"])
    return period


def propose_run(*, actor: Actor, key: str = "") -> Run:
    """Propose to anonymise what is due by the period in force, of ended incidents or the schedule `key`.

    Raises `Refused`, and `NotVisible` for a schedule that is none of the organisation's.
    """
    require(policies.may_propose(actor))
    organisation_id, now = actor.organisation_id or 0, timezone.now()
    rule = selectors.rule_named(actor, key) if key else None
    days = selectors.keep_days(organisation_id, rule)
    try:
        with transaction.atomic():
            proposed = Run.objects.create(
                organisation_id=organisation_id,
                kind=rule.model if rule else selectors.INCIDENTS,
                keep_days=days,
                before=now - timedelta(days=days),
                proposed_by_id=actor.user_id or 0,
                proposed_at=now,
            )
            audit.record(actor=actor, action="retention.proposed", target=proposed)
    except IntegrityError:
        raise Refused(
            Refusal("one_at_a_time", "Another run is proposed or running. End that one first.")
        ) from None
    return proposed


@transaction.atomic
def withdraw_run(*, actor: Actor, run_id: int) -> Run:
    """Take a proposal back. Raises `NotVisible`, `Refused`."""
    return move(_one(actor, run_id), RUN, RunStatus.WITHDRAWN, actor=actor)


@transaction.atomic
def start_run(*, actor: Actor, run_id: int) -> Run:
    """Have a worker do what somebody else proposed. Raises `NotVisible`, `Refused`."""
    changes = {"started_by_id": actor.user_id, "started_at": timezone.now()}
    started = move(_one(actor, run_id), RUN, RunStatus.RUNNING, actor=actor, changes=changes)
    transaction.on_commit(lambda: _kick(started.pk))
    return started


def _one(actor: Actor, run_id: int) -> Run:
    found = selectors.runs_of(actor).filter(pk=run_id).first()
    if found is None:
        raise NotVisible(f"run {run_id}")
    return found


def _kick(run_id: int) -> None:
    from missingcases.retention.tasks import run_retention

    send_or_leave(run_retention, run_id, lane="bulk")


def resume_stalled() -> int:
    """Kick runs that nobody has worked on for a while."""
    ids = selectors.stalled(timezone.now())
    for run_id in ids:
        _kick(run_id)
    return len(ids)


def run(*, run_id: int) -> Run:
    """Do a started run, some records at a time; where another worker stopped, this one goes on."""
    started = Run.objects.get(pk=run_id)
    if started.status != RunStatus.RUNNING:
        return started
    _list(started)
    while _step(run_id):
        pass
    with transaction.atomic():
        started = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        waiting = started.items.filter(came=Came.WAITING).exists()
        if started.status != RunStatus.RUNNING or waiting:
            return started
        return move(started, RUN, RunStatus.DONE, actor=WORKER, changes={"finished_at": timezone.now()})


def _list(started: Run) -> None:
    """Put down what is due; again only what is not down yet."""
    rule = selectors.rule_of_kind(started.kind)
    if rule is None:
        due = selectors.due_incidents(started.organisation_id, started.before)
        ids = list(due.values_list("pk", flat=True))
    else:
        ids = selectors.due_rows(rule, started.organisation_id, started.before)
    for chunk in _chunks(ids):
        RunItem.objects.bulk_create([RunItem(run=started, row_id=pk) for pk in chunk], ignore_conflicts=True)


def _chunks(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + 1000] for start in range(0, len(ids), 1000)]


@transaction.atomic
def _step(run_id: int) -> bool:
    """Some records, and what came of them, in one transaction: killed, none of it has happened."""
    waiting = RunItem.objects.filter(run_id=run_id, came=Came.WAITING).order_by("pk")
    items = {one.row_id: one for one in waiting.select_for_update(skip_locked=True)[:AT_ONCE]}
    if not items:
        return False
    started = Run.objects.get(pk=run_id)
    rule = selectors.rule_of_kind(started.kind)
    came = _erase(started, rule, list(items)) if rule else _anonymise(started, list(items))
    for row_id, item in items.items():
        item.came, item.at = came.get(row_id, Came.GONE), timezone.now()
    RunItem.objects.bulk_update(items.values(), ["came", "at"])
    Run.objects.filter(pk=run_id).update(updated_at=timezone.now())
    return True


def _erase(started: Run, rule: Retention, ids: list[int]) -> dict[int, Came]:
    """Empty rows of a schedule: looked up again, as one may have been opened since it was listed."""
    due = set(selectors.due_rows(rule, started.organisation_id, started.before)) & set(ids)
    held = selectors.held_among(rule, due)
    if rule.schedule is not None and due - held:
        rule.schedule.erase(sorted(due - held), WORKER)
    return {pk: Came.HELD if pk in held else Came.DONE for pk in due}


def _anonymise(started: Run, ids: list[int]) -> dict[int, Came]:
    """Anonymise incidents, and their people."""
    rows = selectors.due_incidents(started.organisation_id, started.before).filter(pk__in=ids)
    people = sorted(rows.order_by().values_list("person_id", flat=True).distinct())
    # Whoever is reported missing again meanwhile waits here, or is found to have come back.
    due = list(rows.select_related("person").select_for_update(no_key=True, of=("self",)))
    held = _held_people(started, people)
    kept = _kept_people(people)
    free = [one for one in due if one.person_id not in held | kept]
    if free:
        clearing.clear(free)
    audit.record(
        actor=WORKER,
        action="retention.anonymised",
        target=Incident,
        target_ids=[one.pk for one in free],
        on_behalf_of_id=started.organisation_id,
    )
    return {one.pk: _came(one, held, kept) for one in due}


def _came(one: Incident, held: set[int], kept: set[int]) -> Came:
    if one.person_id in held:
        return Came.HELD
    return Came.KEPT if one.person_id in kept else Came.DONE


def _held_people(started: Run, people: list[int]) -> set[int]:
    """A hold on one of somebody's incidents keeps all of them: they are one person."""
    incidents = dict(Incident.objects.filter(person__in=people).values_list("pk", "person_id"))
    return {incidents[pk] for pk in selectors.held_among(_rule(), list(incidents))}


def _kept_people(people: list[int]) -> set[int]:
    """People of whom a service still needs what would be lost."""
    incidents = dict(Incident.objects.filter(person__in=people).values_list("pk", "person_id"))
    needed = {pk for one in retention() if one.needs is not None for pk in one.needs(list(incidents))}
    return {incidents[pk] for pk in needed}


def _rule() -> Retention:
    return next(one for one in retention() if one.model == selectors.INCIDENTS and one.key == "person")
