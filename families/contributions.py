"""What family support offers to pages that read across services: to the charity's workers alone."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from families import policies
from families.deadlines import words_of_step
from families.labels import CONTACT_LABEL
from families.models import ContactRecord, FollowUp, SupportCase, SupportTask, Visit
from families.selectors import visits, work
from families.selectors.cases import cases_hidden_from, cases_visible_to
from families.states import MANAGERS
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
    DeskLine,
    DeskPart,
    HandoverSection,
    Link,
    Narrowed,
    ServiceCard,
    ServiceLine,
    TimelineItem,
    WorkItem,
    WorkQueue,
)
from missingcases.messages_home.models import MessageHome
from missingcases.messages_home.selectors import waiting
from missingcases.models import Incident
from missingcases.policies import FAMILY_DANGER

_SHOWN = 10
_MOST = 99
_SOON = timedelta(days=1)


def alarm_work(actor: Actor) -> WorkQueue | None:
    """Family workers who were not heard of, before anything else; nothing where every one was."""
    alarms = visits.alarms_of(actor)
    items = tuple(_alarm(row) for row in alarms[:_SHOWN])
    if not items:
        return None
    link = Link("All visits", reverse("families:visits"))
    return WorkQueue("family_visits", "Family workers who were not heard of", "", items, alarms.count(), link)


def _alarm(row: Visit) -> WorkItem:
    return WorkItem(
        f"Ring the worker of visit {row.reference}: not heard of",
        reverse("families:visit", args=[row.reference]),
        row.ends_at if row.checked_in_at else row.starts_at,
    )


def visit_desk(actor: Actor, most: int) -> DeskPart | None:
    """Workers who were not heard of, on the desk of the duty managers."""
    if not actor.holds(MANAGERS):
        return None
    lines = tuple(
        DeskLine(
            None,
            row.reference,
            f"Visit {row.reference}: the worker was not heard of",
            reverse("families:visit", args=[row.reference]),
            row.ends_at if row.checked_in_at else row.starts_at,
        )
        for row in visits.alarms_of(actor)[:most]
    )
    return DeskPart("family_visits", "Visits to families that are late", "Every worker was heard of.", lines)


def family_work(actor: Actor) -> WorkQueue | None:
    """What waits: replies nobody read, what is owed, follow-ups of the day, cases that wait for a word."""
    if policies.may_support(actor) is not None:
        return None
    soon = timezone.now() + _SOON
    owed = work.open_tasks(actor).filter(due_at__lt=soon)
    planned = work.planned_follow_ups(actor).filter(due_at__lt=soon)
    unread, paused = work.unread_replies(actor), work.paused_cases(actor)
    messages = waiting(actor)
    items = [_reply(row) for row in unread[:_SHOWN]]
    items += [_task(row) for row in owed[:_SHOWN]]
    items += [_follow_up(row) for row in planned[:_SHOWN]]
    items += [_paused(row) for row in paused[:_SHOWN]]
    items += [_message(row) for row in messages[:_SHOWN]]
    items.sort(key=lambda item: item.due_at or soon)
    count = sum(rows.order_by()[:_MOST].count() for rows in (unread, owed, planned, paused, messages))
    link = Link("All families", reverse("families:listing"))
    return WorkQueue(
        "families", "Families", "Nothing is owed to a family today.", tuple(items[:_SHOWN]), count, link
    )


def _reply(row: ContactRecord) -> WorkItem:
    url = f"{reverse('families:member', args=[row.member.reference])}#{row.reference}" if row.member else ""
    with_ = row.case.contact_person
    return WorkItem(
        f"A relative wrote, {row.case.reference}",
        url,
        row.started_at,
        f"For {with_.full_name}" if with_ else "",
    )


def _task(row: SupportTask) -> WorkItem:
    url = f"{reverse('families:case', args=[row.case.reference])}#{row.reference}"
    detail = _not_now(row) or (f"With {row.owner.full_name}" if row.owner else "")
    return WorkItem(f"{row.get_kind_display()}, {row.case.reference}", url, row.due_at, detail)


def _follow_up(row: FollowUp) -> WorkItem:
    url = reverse("families:member", args=[row.member.reference])
    return WorkItem(
        f"Follow-up, {row.case.reference}", url, row.due_at, _not_now(row) or words_of_step(row.step)
    )


def _not_now(row: SupportTask | FollowUp) -> str:
    """What holds up a contact that was planned before it was known."""
    return FAMILY_DANGER.message if getattr(row, "is_held", False) else ""


def _paused(row: SupportCase) -> WorkItem:
    url = reverse("families:case", args=[row.reference])
    return WorkItem(f"Say how the support goes on, {row.reference}", url, row.paused_at, "The incident ended")


def _message(row: MessageHome) -> WorkItem:
    url = reverse("families:message", args=[row.reference])
    detail = f"With {row.carrier.full_name}" if row.carrier else "Nobody has it yet"
    return WorkItem(f"Pass on message {row.reference}", url, row.pass_by, detail)


def handover(actor: Actor) -> HandoverSection | None:
    """What the next shift must know: open risks, promised calls, replies that nobody read."""
    if policies.may_support(actor) is not None:
        return None
    items = [_alarm(row) for row in visits.alarms_of(actor)[:HANDED_OVER]]
    items += [_task(row) for row in work.open_risks(actor)[:HANDED_OVER]]
    items += [_reply(row) for row in work.unread_replies(actor)[:HANDED_OVER]]
    items += [_task(row) for row in work.promised_calls(actor)[:HANDED_OVER]]
    return HandoverSection(
        "families", "Families", "No open risk, no promised call, nothing unread.", tuple(items)
    )


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The families that the charity supports in an incident; for its workers alone."""
    if policies.may_support(actor) is not None:
        return None
    rows = cases_visible_to(actor).filter(incident_id=incident_id)[:_SHOWN]
    reference = Incident.objects.values_list("reference", flat=True).get(pk=incident_id)
    return ServiceCard(
        key="families",
        title="Family support",
        intro="Confidential to the charity: the police do not see this card.",
        empty="No family is supported in this incident yet.",
        lines=tuple(
            ServiceLine(
                words=f"Family support {row.reference}",
                status=str(row.get_status_display()),
                at=row.opened_at,
                url=reverse("families:case", args=[row.reference]),
            )
            for row in rows
        ),
        actions=(Link("Start supporting a family", f"{reverse('families:start')}?incident={reference}"),),
    )


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """When support began, on the charity's own timeline of an incident; nothing of it on anybody else's."""
    return [
        TimelineItem(
            at=row.opened_at,
            kind="families.case_opened",
            words="Support of a family began",
            detail=row.reference,
            url=reverse("families:case", args=[row.reference]),
        )
        for row in cases_visible_to(actor).filter(incident_id=incident_id)[:_SHOWN]
    ]


def _contacts_hidden_from(actor: Actor) -> QuerySet[ContactRecord]:
    """Contacts of cases that the actor is not to know of."""
    return ContactRecord.objects.filter(case__in=cases_hidden_from(actor).values("pk")).order_by()


NARROWED_CONTACTS = Narrowed(CONTACT_LABEL, _contacts_hidden_from)
