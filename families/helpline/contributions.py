"""What the helpline's contacts add to "My work" and to the shift handover."""

from __future__ import annotations

from django.urls import reverse

from families.helpline import selectors
from families.helpline.deadlines import DECIDE_LINK_WITHIN
from families.helpline.models import Concern, HelplineContact
from families.helpline.policies import may_listen
from foundation.actors import Actor
from foundation.contributions import HANDED_OVER, HandoverSection, Link, WorkItem, WorkQueue

_SHOWN = 10
_MOST = 99


def helpline_work(actor: Actor) -> WorkQueue | None:
    """Who waits for an answer or a promised call, and what waits for the manager."""
    if may_listen(actor) is not None:
        return None
    owed, concerns, links = (
        selectors.owed(actor),
        selectors.open_concerns(actor),
        selectors.links_to_decide(actor),
    )
    items = [
        *[_concern(row) for row in concerns[:_SHOWN]],
        *[
            WorkItem(
                f"Decide whether {row.contact.reference} is linked with an incident",
                _contact_page(row.contact),
                row.asked_at + DECIDE_LINK_WITHIN,
            )
            for row in links[:_SHOWN]
        ],
        *[_owed(row) for row in owed[:_SHOWN]],
    ]
    count = sum(rows.order_by()[:_MOST].count() for rows in (owed, concerns, links))
    link = Link("All contacts", reverse("helpline:list"))
    return WorkQueue("helpline", "Helpline contacts", "Nobody waits for us.", tuple(items), count, link)


def helpline_handover(actor: Actor) -> HandoverSection | None:
    """Open risks and promised calls of the helpline's own contacts."""
    if may_listen(actor) is not None:
        return None
    items = [
        *[_concern(row) for row in selectors.open_concerns(actor)[:HANDED_OVER]],
        *[_owed(row) for row in selectors.owed(actor)[:HANDED_OVER]],
    ]
    return HandoverSection("helpline", "Helpline contacts", "Nothing is promised or at risk.", tuple(items))


def _concern(row: Concern) -> WorkItem:
    danger = ": a life may be in danger" if row.is_threat_to_life else ""
    url = reverse("helpline:concern", args=[row.reference])
    return WorkItem(f"Concern {row.reference}{danger}", url, row.raised_at)


def _owed(row: HelplineContact) -> WorkItem:
    words = f"Ring {row.reference} back" if row.call_back_at else f"Answer {row.reference}"
    detail = f"With {row.claimed_by.full_name}" if row.claimed_by else "Nobody has it yet"
    return WorkItem(words, _contact_page(row), row.call_back_at or row.answer_due_at, detail)


def _contact_page(row: HelplineContact) -> str:
    return reverse("helpline:contact", args=[row.reference])
