"""What TextSafe keeps about people: how it follows a merge, answers them, and ends (domain.md section 8).

Requests and vetoes are the force's; conversations and all that hangs on them are the charity's alone, and
each answers only for its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import Merge, Retention, SubjectAccess, SubjectRecord
from foundation.keeping import Holding, subject_access
from textsafe import selectors
from textsafe.deadlines import KEEP_NUMBER
from textsafe.models import Request, Veto
from textsafe.services import retention


def _merge_requests(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Show them with the incident that is kept; what ran was stopped when the other was cancelled."""
    moved = Request.objects.filter(incident_id=gone_id)
    ids = list(moved.values_list("pk", flat=True))
    moved.update(incident_id=keep_id)
    audit.record(
        actor=actor,
        action="textsafe.requests_merged",
        target=Request,
        target_ids=ids,
        incident_id=keep_id,
        fields=["incident"],
    )
    return len(ids)


def _merge_vetoes(keep_id: int, gone_id: int, actor: Actor) -> int:
    """A veto protects: it comes along unless the kept incident has one of its own."""
    rows = Veto.objects.filter(incident_id=gone_id)
    if selectors.veto_on(keep_id) is not None:
        rows = rows.filter(lifted_at__isnull=False)
    return rows.update(incident_id=keep_id)


MERGE = (
    Merge("textsafe.Request", "incident", "Shown with the incident that is kept.", _merge_requests),
    Merge("textsafe.Request", "phone", "A text keeps the number it was asked for."),
    Merge("textsafe.Veto", "incident", "Protects the incident that is kept.", _merge_vetoes),
    Merge("textsafe.Conversation", "request", "Stays with its request, which comes along."),
    Merge("textsafe.Escalation", "release", "Names the words that were passed on, wherever they lie."),
)


def _about_requests(ids: Sequence[int], actor: Actor) -> list[SubjectRecord]:
    """The force's own part of the requests: what it asked, and what it knows of the outcome."""
    now = timezone.now()
    rows = Request.objects.filter(incident_id__in=ids, organisation=actor.organisation_id)
    return [
        SubjectRecord(
            title=f"TextSafe request {row.reference}",
            at=row.requested_at,
            fields=(
                ("Number", row.number or "Erased"),
                ("Asked for", str(row.get_origin_display())),
                ("Outcome", str(selectors.seen_by_officer(row, now=now).status.label)),
            ),
            withheld="The charity answers for what was said in confidence.",
        )
        for row in rows.order_by("requested_at")
    ]


HOLDINGS = (
    Holding("textsafe.Veto", "incident", "No texts to be sent", "made_at", ("reason",), "incident__owner"),
    Holding(
        "textsafe.Conversation", "request", "Conversation", "opened_at", ("number", "language"), "charity"
    ),
    Holding(
        "textsafe.ConversationMessage",
        "conversation",
        "Text",
        "at",
        ("direction", "text"),
        "conversation__charity",
    ),
    Holding("textsafe.TriageItem", "conversation", "Text", "received_at", ("number", "text"), "charity"),
    Holding(
        "textsafe.Escalation",
        "conversation",
        "Concern",
        "raised_at",
        ("status",),
        "conversation__charity",
        "What a colleague feared is weighed before it is given: knowing it may put somebody at risk.",
    ),
)
SUBJECT_ACCESS = (
    SubjectAccess("textsafe.Request", "incident", _about_requests),
    *subject_access(HOLDINGS),
)

_NUMBER_RULE = "The number is erased 90 days after closure (domain.md section 8)."
RETENTION = (
    Retention(
        "textsafe.Request",
        "incident",
        _NUMBER_RULE,
        KEEP_NUMBER,
        retention.due_requests,
        retention.erase_requests,
        "organisation",
    ),
    Retention(
        "textsafe.Conversation",
        "request",
        _NUMBER_RULE,
        KEEP_NUMBER,
        retention.due_conversations,
        retention.erase_conversations,
        "charity",
    ),
    Retention(
        "textsafe.TriageItem",
        "conversation",
        "Number and words are erased 90 days after they were dealt with (domain.md section 8).",
        KEEP_NUMBER,
        retention.due_triage,
        retention.erase_triage,
        "charity",
    ),
    Retention(
        "textsafe.Veto", "incident", "Kept with the incident's own record.", anonymise=retention.clear_vetoes
    ),
    Retention("textsafe.ConversationMessage", "conversation", "By the charity's own schedule."),
    Retention("textsafe.Escalation", "conversation", "By the charity's own schedule for safeguarding."),
)
