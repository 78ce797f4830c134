"""My work: what waits for whoever has signed in, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation import access
from foundation.accounts.enums import POLICE, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue, work_for
from foundation.ui.timing import said_moment
from missingcases import policies, selectors
from missingcases.models import Incident
from missingcases.views.common import actor_of

SHOWN = 8


@access.signed_in
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Everybody's first page; what it holds follows from their role."""
    actor = actor_of(request)
    queues = [*_own_queues(actor), *work_for(actor)]
    now = timezone.now()
    context = {
        "queues": [
            {"queue": queue, "items": [{"item": item, "late": item.is_late(now)} for item in queue.items]}
            for queue in queues
        ],
        "report_href": reverse("missingcases:report") if policies.may_report(actor) is None else "",
        "is_auditor": actor.holds({Role.AUDITOR}),
        "is_administrator": actor.holds({Role.ADMINISTRATOR}),
    }
    return render(request, "missingcases/work.html", context)


def _own_queues(actor: Actor) -> list[WorkQueue]:
    queues: list[WorkQueue] = []
    if actor.holds(POLICE):
        queues += _urgent(actor)
    if actor.holds(SUPERVISORS):
        queues += _supervisors(actor)
    if actor.holds(POLICE):
        queues += _officers(actor)
    if actor.holds({Role.LOCAL_AUTHORITY}):
        queues.append(_actions(actor))
    if actor.holds({Role.CHARITY_MANAGER}):
        queues += _managers(actor)
    return queues


def _managers(actor: Actor) -> list[WorkQueue]:
    decide = _queue(
        "releases",
        "Threats to life for you to decide",
        "No threat to life waits for your decision.",
        selectors.releases_to_decide(actor),
        lambda row: WorkItem(
            f"Threat to life: {row.incident.reference}",
            _at("release_decide", row.incident, row.reference),
            row.created_at,
            row.purpose,
        ),
    )
    unanswered = _queue(
        "threats_unanswered",
        "Threats to life the force has not acknowledged: ring them",
        "",
        selectors.threats_unanswered(actor),
        lambda row: WorkItem(
            f"Threat to life: {row.incident.reference}",
            _at("release", row.incident, row.reference),
            row.acknowledge_by,
            f"To {row.to_organisation.name}",
        ),
    )
    return [*([unanswered] if unanswered.count else []), decide]


def _urgent(actor: Actor) -> list[WorkQueue]:
    """Shown only while there is something."""
    threats = _queue(
        "threats",
        "Threats to life to acknowledge",
        "",
        selectors.unacknowledged(actor),
        lambda row: WorkItem(
            f"Threat to life: {row.incident.reference}",
            _at("release", row.incident, row.reference),
            row.acknowledge_by,
        ),
    )
    return [threats] if threats.count else []


def _supervisors(actor: Actor) -> list[WorkQueue]:
    offered = _queue(
        "transfers",
        "Offered to your force",
        "Nothing is offered to your force.",
        selectors.transfers_to_answer(actor),
        lambda row: WorkItem(
            row.incident.reference,
            _at("overview", row.incident),
            row.answer_by,
            f"From {row.from_organisation.name}",
        ),
    )
    unanswered = _queue(
        "unanswered",
        "Your offers that nobody answered",
        "",
        selectors.transfers_unanswered(actor),
        lambda row: WorkItem(
            row.incident.reference,
            _at("overview", row.incident),
            row.answer_by,
            f"To {row.to_organisation.name}",
        ),
    )
    grading = _queue(
        "to_grade",
        "To grade",
        "Every report is graded.",
        selectors.to_grade(actor),
        lambda row: WorkItem(
            f"Grade {named(row)}", _at("grade", row), None, f"Reported {_clock(row.reported_at)}"
        ),
    )
    closing = _queue(
        "to_close",
        "To close",
        "",
        selectors.to_close(actor),
        lambda row: WorkItem(f"Close {named(row)}", _at("overview", row), None, _found(row)),
    )
    ending = [closing] if closing.count else []
    return [grading, *ending, *([unanswered] if unanswered.count else []), offered]


def _officers(actor: Actor) -> list[WorkQueue]:
    reviews = _queue(
        "reviews",
        "Reviews due",
        "No review is due.",
        selectors.reviews_due(actor),
        lambda row: WorkItem(
            row.get_kind_display(),
            _at("review", row.incident, row.pk),
            row.due_at,
            named(row.incident),
        ),
    )
    mine = _queue(
        "mine",
        "Your open incidents",
        "You hold no open incident.",
        selectors.open_of_mine(actor),
        lambda row: WorkItem(named(row), _at("overview", row), None, _standing(row)),
        link=Link("All your open incidents", reverse("missingcases:incident_list") + "?mine=on"),
    )
    talk = _queue(
        "to_interview",
        "Prevention interviews to hold",
        "",
        selectors.to_interview(actor),
        lambda row: WorkItem(f"Interview {named(row)}", _at("interview", row), None, _found(row)),
    )
    return [reviews, _actions(actor), *([talk] if talk.count else []), mine]


def _actions(actor: Actor) -> WorkQueue:
    return _queue(
        "actions",
        "Actions",
        "No action waits for you.",
        selectors.actions_due(actor),
        lambda row: WorkItem(
            row.title,
            _at("action_finish", row.incident, row.reference),
            row.due_at,
            named(row.incident),
        ),
    )


def _queue(
    key: str,
    title: str,
    empty: str,
    rows: Any,
    item: Callable[[Any], WorkItem],
    *,
    link: Link | None = None,
) -> WorkQueue:
    shown: Iterable[Any] = rows[:SHOWN]
    items = tuple(item(row) for row in shown)
    count = len(items) if len(items) < SHOWN else rows.order_by()[: selectors.CAP + 1].values("pk").count()
    return WorkQueue(key, title, empty, items, count, link)


def named(incident: Incident) -> str:
    """A person and a reference: two of one name are not mixed up."""
    return f"{incident.person.full_name}, {incident.reference}"


def _at(name: str, incident: Incident, *args: object) -> str:
    return reverse(f"missingcases:{name}", args=[incident.reference, *args])


def _standing(incident: Incident) -> str:
    risk = incident.get_risk_level_display() or "Not graded"
    return f"{incident.get_status_display()}, {risk.lower()}"


def _found(row: Incident) -> str:
    return f"Found {_clock(row.located_at)}"


def _clock(moment: Any) -> str:
    return said_moment(moment, timezone.now())
