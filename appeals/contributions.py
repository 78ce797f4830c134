"""What publicity offers to pages that read across services. Each answers only what its actor may know."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from appeals import policies, selectors
from appeals.deadlines import PLAYER_SILENT_AFTER
from appeals.enums import PlacementStatus
from appeals.models import Appeal, Outlet, Placement
from appeals.models.placements import OWED
from appeals.selectors.desk import Listing
from foundation.accounts.enums import INSPECTORS, POLICE, PUBLICITY_DESK, SUPERVISORS
from foundation.actors import Actor
from foundation.contributions import (
    HANDED_OVER,
    HandoverSection,
    HookKind,
    Link,
    ServiceCard,
    ServiceLine,
    TimelineItem,
    Underway,
    WorkItem,
    WorkQueue,
)
from missingcases.models import Incident

_SHOWN = 10
# Most urgent first: what a person may still see, then what keeps somebody from being seen.
_OF_CHARITY = ("overdue", "confirm", "danger", "refused", "feed", "new", "publish", "check", "expiring")
# Why it was paused, which is said beside what its outlets still owe.
_WHY_PAUSED = frozenset({"danger", "refused"})
_WORDS = {
    "overdue": "Overdue: take {} down",
    "confirm": "Confirm that {} is gone",
    "refused": "Paused, its photo was refused: appeal {}",
    "danger": "Paused, somebody in the family may be a danger: appeal {}",
    "again": "May it be shown again? Somebody in the family may be a danger: appeal {}",
    "feed": "The force's feed dropped appeal {}",
    "new": "Take up appeal {}",
    "publish": "Publish appeal {}",
    "check": "Check and write appeal {}",
    "expiring": "Appeal {} is about to lapse",
    "authorise": "Authorise appeal {}",
    "live": "Live: appeal {}",
}

# What it tells is an appeal's reference: how it stands is read by the API, and each look is audited.
status_hook = HookKind("appeals.status", "An appeal moved on", lane="normal", owners_alone=True)


def publicity_work(actor: Actor) -> WorkQueue | None:
    """The publicity desk's part of "My work", and the supervisors'."""
    if actor.holds(PUBLICITY_DESK):
        return _queue(actor, _OF_CHARITY, "No appeal waits for you.")
    if actor.holds(INSPECTORS):
        return _queue(actor, ("again", "authorise"), "No appeal waits to be authorised.")
    if actor.holds(SUPERVISORS):
        return _queue(actor, ("authorise",), "No appeal waits to be authorised.")
    return None


def _queue(actor: Actor, keys: tuple[str, ...], empty: str) -> WorkQueue:
    items, count = _waiting(actor, keys)
    link = Link("All appeals", reverse("appeals:listing"))
    return WorkQueue("appeals", "Publicity appeals", empty, items[:_SHOWN], count, link)


def _waiting(actor: Actor, keys: tuple[str, ...], most: int = _SHOWN + 1) -> tuple[tuple[WorkItem, ...], int]:
    """An item for each appeal on these lists, once: on the first of them that it is on.

    Why it was paused is said beside that.
    """
    now, lists = timezone.now(), {one.key: one for one in selectors.listings_for(actor)}
    items: dict[tuple[str, int], WorkItem] = {}
    for key in keys:
        for row in selectors.listed(actor, lists[key], now=now)[:most]:
            items.setdefault((key if key in _WHY_PAUSED else "", row.pk), _item(lists[key], row))
    alone = [[key] for key in keys if key in _WHY_PAUSED]
    others = [key for key in keys if key not in _WHY_PAUSED]
    return tuple(items.values()), sum(selectors.count_on(actor, some, now=now) for some in (*alone, others))


def _item(listing: Listing, row: Appeal) -> WorkItem:
    page = "ledger" if listing.key in {"overdue", "confirm"} else "show"
    due = row.expires_at if listing.key in {"expiring", "live"} else row.publish_at
    return WorkItem(
        words=_WORDS[listing.key].format(row.reference),
        url=reverse(f"appeals:{page}", args=[row.reference]),
        due_at=due,
        detail=f"{row.get_kind_display()}, {row.organisation.name}",
    )


def player_work(actor: Actor) -> WorkQueue | None:
    """Billboard players that do not check in: one may show what was withdrawn."""
    if not actor.holds(PUBLICITY_DESK):
        return None
    rows = selectors.silent_players(timezone.now()).order_by(F("last_heard_at").asc(nulls_first=True), "pk")
    items = tuple(_silent(row) for row in rows[:_SHOWN])
    link = Link("All outlets", reverse("appeals:outlets"))
    return WorkQueue("players", "Billboard players", "No player is silent.", items, rows.count(), link)


def _silent(row: Outlet) -> WorkItem:
    return WorkItem(
        words=f"Silent: {row.name}",
        url=reverse("appeals:outlet", args=[row.reference]),
        due_at=row.last_heard_at + PLAYER_SILENT_AFTER if row.last_heard_at else None,
        detail="Has not checked in. It may show what was withdrawn: call whoever runs it.",
    )


def handover(actor: Actor) -> HandoverSection | None:
    """What the next shift of the publicity desk must know."""
    if not actor.holds(PUBLICITY_DESK):
        return None
    items = _waiting(actor, ("overdue", "confirm", "publish", "live"), HANDED_OVER)[0]
    return HandoverSection("appeals", "Publicity appeals", "Nothing is owed or ready.", items=items)


def service_card(actor: Actor, incident_id: int) -> ServiceCard | None:
    """The card on an incident's services tab: for its own force, and for the publicity desk."""
    incident = Incident.objects.get(pk=incident_id)
    police = actor.holds(POLICE) and actor.organisation_id == incident.owner_id
    if not police and not actor.holds(PUBLICITY_DESK):
        return None
    return ServiceCard(
        key="appeals",
        title="Publicity appeal",
        intro="The charity publishes an appeal on its website, with media, on social networks, billboards "
        "and posters. When the person is found it is taken down everywhere, outlet by outlet.",
        empty="No appeal has been asked for.",
        lines=tuple(
            ServiceLine(
                words=f"{row.get_kind_display()} appeal {row.reference}",
                status=row.status,
                at=row.withdrawn_at or row.first_live_at or row.requested_at,
                url=reverse("appeals:show", args=[row.reference]),
            )
            for row in selectors.appeals_of(actor, incident_id)
        ),
        actions=(
            Link(
                "Ask for publicity",
                reverse("appeals:ask", args=[incident.reference]),
                policies.may_ask(actor, incident),
            ),
        ),
    )


def timeline(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """When outlets began to show it and were confirmed to have stopped; the rest the appeal writes itself."""
    appeals = selectors.appeals_of(actor, incident_id).values("pk")
    items: list[TimelineItem] = []
    rows = Placement.objects.filter(appeal__in=appeals).select_related("appeal", "outlet")
    for row in rows.exclude(status=PlacementStatus.DROPPED):
        url = reverse("appeals:ledger", args=[row.appeal.reference])
        about = f"{row.outlet.name}, appeal {row.appeal.reference}"
        if row.live_at is not None:
            items.append(TimelineItem(row.live_at, "appeals.placed", "Appeal published", about, url))
        if row.confirmed_gone_at is not None:
            gone = TimelineItem(row.confirmed_gone_at, "appeals.gone", "Appeal confirmed gone", about, url)
            items.append(gone)
    return items


def underway(actor: Actor, incident_id: int) -> list[Underway]:
    """Outlets that have not confirmed yet that an appeal is gone, or may have shown it after the stop."""
    rows = Placement.objects.filter(
        appeal__in=selectors.appeals_of(actor, incident_id).values("pk"), status__in=OWED
    )
    return [
        Underway(
            row.withdraw_from,
            f"{row.outlet.name} may still show appeal {row.appeal.reference}: "
            f"{'told to take it down' if row.withdrawal_sent_at else 'being told to take it down'}",
        )
        for row in rows.select_related("appeal", "outlet")
        if row.withdraw_from is not None
    ]
