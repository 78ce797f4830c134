"""My work: what waits for whoever has signed in, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from foundation.requests import actor_of
from foundation.ui.templatetags.ui import capped
from foundation.ui.timing import said_moment
from missingcases import policies, selectors
from missingcases.models import Incident, Release

SHOWN = 8
MOST = 200


@access.signed_in
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """Everybody's first page; what it holds follows from their role."""
    actor = actor_of(request)
    queues = [*_own_queues(Desk(actor, request.GET.get("all", ""))), *work_for(actor)]
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


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody's work; `whole` is the key of the one queue they wish to see to its end."""

    actor: Actor
    whole: str

    def queue(
        self,
        key: str,
        title: str,
        empty: str,
        rows: Any,
        item: Callable[[Any], WorkItem],
        *,
        link: Link | None = None,
    ) -> WorkQueue:
        """The first of the rows, with the way to the others."""
        most = MOST if self.whole == key else SHOWN
        items = tuple(item(row) for row in rows[:most])
        if len(items) < most:
            return WorkQueue(key, title, empty, items, len(items), link)
        count = rows.order_by()[: selectors.CAP + 1].values("pk").count()
        if link is None and self.whole != key and most < count:
            link = Link(f"Show all {capped(count)}: {title.lower()}", f"?all={key}#work-{key}")
        return WorkQueue(key, title, empty, items, count, link)


def _own_queues(desk: Desk) -> list[WorkQueue]:
    queues: list[WorkQueue] = []
    if desk.actor.holds(POLICE):
        queues += _urgent(desk)
    if desk.actor.holds(SUPERVISORS):
        queues += _supervisors(desk)
    if desk.actor.holds(POLICE):
        queues += _officers(desk)
    if desk.actor.holds({Role.LOCAL_AUTHORITY}):
        queues.append(_actions(desk))
    if desk.actor.holds({Role.CHARITY_MANAGER}):
        queues += _managers(desk)
    return queues


def _managers(desk: Desk) -> list[WorkQueue]:
    decide = desk.queue(
        "releases",
        "Releases for you to decide",
        "No release waits for your decision.",
        selectors.releases_to_decide(desk.actor),
        lambda row: WorkItem(
            f"{row.get_kind_display()}: {_about(row)}",
            reverse("releases:decide", args=[row.reference]),
            row.created_at,
            row.purpose,
        ),
    )
    unanswered = desk.queue(
        "threats_unanswered",
        "Threats to life the force has not acknowledged: ring them",
        "",
        selectors.threats_unanswered(desk.actor),
        lambda row: WorkItem(
            f"Threat to life: {_about(row)}",
            reverse("releases:release", args=[row.reference]),
            row.acknowledge_by,
            f"To {row.to_organisation.name}",
        ),
    )
    return [*([unanswered] if unanswered.count else []), decide]


def _urgent(desk: Desk) -> list[WorkQueue]:
    """Shown only while there is something."""
    threats = desk.queue(
        "threats",
        "Threats to life to acknowledge",
        "",
        selectors.unacknowledged(desk.actor),
        lambda row: WorkItem(
            f"Threat to life: {row.incident.reference}",
            _at("release", row.incident, row.reference),
            row.acknowledge_by,
        ),
    )
    return [threats] if threats.count else []


def _supervisors(desk: Desk) -> list[WorkQueue]:
    offered = desk.queue(
        "transfers",
        "Offered to your force",
        "Nothing is offered to your force.",
        selectors.transfers_to_answer(desk.actor),
        lambda row: WorkItem(
            row.incident.reference,
            _at("overview", row.incident),
            row.answer_by,
            f"From {row.from_organisation.name}",
        ),
    )
    unanswered = desk.queue(
        "unanswered",
        "Your offers that nobody answered",
        "",
        selectors.transfers_unanswered(desk.actor),
        lambda row: WorkItem(
            row.incident.reference,
            _at("overview", row.incident),
            row.answer_by,
            f"To {row.to_organisation.name}",
        ),
    )
    grading = desk.queue(
        "to_grade",
        "To grade",
        "Every report is graded.",
        selectors.to_grade(desk.actor),
        lambda row: WorkItem(
            f"Grade {named(row)}", _at("grade", row), None, f"Reported {_clock(row.reported_at)}"
        ),
    )
    closing = desk.queue(
        "to_close",
        "To close",
        "",
        selectors.to_close(desk.actor),
        lambda row: WorkItem(f"Close {named(row)}", _at("overview", row), None, _found(row)),
    )
    ending = [closing] if closing.count else []
    return [grading, *ending, *([unanswered] if unanswered.count else []), offered]


def _officers(desk: Desk) -> list[WorkQueue]:
    reviews = desk.queue(
        "reviews",
        "Reviews due",
        "No review is due.",
        selectors.reviews_due(desk.actor),
        lambda row: WorkItem(
            row.get_kind_display(),
            _at("review", row.incident, row.pk),
            row.due_at,
            named(row.incident),
        ),
    )
    mine = desk.queue(
        "mine",
        "Your open incidents",
        "You hold no open incident.",
        selectors.open_of_mine(desk.actor),
        lambda row: WorkItem(named(row), _at("overview", row), None, _standing(row)),
        link=Link("All your open incidents", reverse("missingcases:incident_list") + "?mine=on"),
    )
    talk = desk.queue(
        "to_interview",
        "Prevention interviews to hold",
        "",
        selectors.to_interview(desk.actor),
        lambda row: WorkItem(f"Interview {named(row)}", _at("interview", row), None, _found(row)),
    )
    return [reviews, _actions(desk), *([talk] if talk.count else []), mine]


def _actions(desk: Desk) -> WorkQueue:
    return desk.queue(
        "actions",
        "Actions",
        "No action waits for you.",
        selectors.actions_due(desk.actor),
        lambda row: WorkItem(
            row.title,
            _at("action_finish", row.incident, row.reference),
            row.due_at,
            named(row.incident),
        ),
    )


def named(incident: Incident) -> str:
    """A person and a reference: two of one name are not mixed up."""
    return f"{incident.person.full_name}, {incident.reference}"


def _about(row: Release) -> str:
    """What a release is of, in a line: its incident, or itself where no incident knows of it."""
    return row.reference if row.incident is None else row.incident.reference


def _at(name: str, incident: Incident, *args: object) -> str:
    return reverse(f"missingcases:{name}", args=[incident.reference, *args])


def _standing(incident: Incident) -> str:
    risk = incident.get_risk_level_display() or "Not graded"
    return f"{incident.get_status_display()}, {risk.lower()}"


def _found(row: Incident) -> str:
    return f"Found {_clock(row.located_at)}"


def _clock(moment: Any) -> str:
    return said_moment(moment, timezone.now())
