"""Reading messages: for their owners, for the log pages, for whoever answers a reply."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.failures import in_words
from foundation.messaging.enums import UNDER_WAY, MessageStatus
from foundation.messaging.models import Inbound, Message, RateLimit, SettlementRow, Switch
from foundation.messaging.models.control import EVERYTHING
from foundation.messaging.policies import READERS
from foundation.messaging.switchboard import policies, words_for

PAGE = 50
# More unknown outcomes than this are a fault at the provider, not work for a person.
UNKNOWN_SHOWN = 200
NOT_TAKEN_SHOWN = 200
# Younger than this it is on its way to its service.
ON_ITS_WAY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SwitchLine:
    """One kill switch as the page shows it; `switch` is None where it was never thrown."""

    name: str
    label: str
    switch: Switch | None

    @property
    def is_stopped(self) -> bool:
        """Whether it holds messages back now."""
        return self.switch is not None and self.switch.is_stopped


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A reply, or the news how a message ended, that its service has not taken."""

    words: str
    service: str
    since: datetime
    attempts: int
    next_at: datetime
    error_kind: str

    @property
    def error(self) -> str:
        """What went wrong, in words."""
        return in_words(self.error_kind)


def visible_to(actor: Actor) -> QuerySet[Message]:
    """Messages whose log `actor` may see.

    A service kept by one kind of organisation shows its log to that kind alone: what became of a
    TextSafe, a STOP above all, is the charity's secret (domain.md section 4). The others are seen by
    the organisation they were sent for.
    """
    if not actor.holds(READERS):
        return Message.objects.none()
    kept = [p.name for p in policies().values() if p.kept_by is not None]
    mine = [p.name for p in policies().values() if p.kept_by and p.kept_by is actor.organisation_kind]
    own = Q(organisation_id=actor.organisation_id, organisation_id__isnull=False) & ~Q(service__in=kept)
    return Message.objects.filter(Q(service__in=mine) | own)


def messages_of(owner_label: str, owner_id: int) -> QuerySet[Message]:
    """Every message of one owner, oldest first. Whoever asks has already seen the owner."""
    return Message.objects.filter(owner_label=owner_label, owner_id=owner_id).order_by("pk")


def owners_under_way(owner_label: str, owner_ids: Collection[int]) -> set[int]:
    """Which of these owners have a message that may still be sent or looked for."""
    rows = Message.objects.filter(owner_label=owner_label, owner_id__in=owner_ids, status__in=UNDER_WAY)
    return set(rows.values_list("owner_id", flat=True))


def inbound_text(inbound_id: int) -> Inbound:
    """A text that came in, for the service it was handed to."""
    return Inbound.objects.get(pk=inbound_id)


def log_page(
    actor: Actor, *, before: int | None = None, status: str = "", service: str = ""
) -> tuple[list[Message], int | None]:
    """A page of the log, newest first, and the cursor of the next; number and text are not loaded."""
    rows = visible_to(actor).defer("to", "subject", "body")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if status:
        rows = rows.filter(status=status)
    if service:
        rows = rows.filter(service=service)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def unknown_outcomes(actor: Actor) -> list[Message]:
    """Unknown outcomes that the actor's organisation keeps: first those for a person, oldest first."""
    rows = visible_to(actor).filter(status=MessageStatus.UNKNOWN).defer("to", "subject", "body")
    return list(rows.order_by("-needs_person", "unknown_since")[:UNKNOWN_SHOWN])


def for_a_person(actor: Actor) -> QuerySet[Message]:
    """Unknown outcomes that only a person can settle any more."""
    return visible_to(actor).filter(status=MessageStatus.UNKNOWN, needs_person=True)


def _looked_after_by(actor: Actor) -> Q:
    """A service's troubles are its keeper's; those of a service that nobody keeps are the charity's."""
    keepers = {one.name: one.kept_by or OrganisationKind.CHARITY for one in policies().values()}
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return ~Q(service__in=[name for name, kind in keepers.items() if kind != OrganisationKind.CHARITY])
    return Q(service__in=[name for name, kind in keepers.items() if kind == actor.organisation_kind])


def replies_not_taken(actor: Actor) -> QuerySet[Inbound]:
    """Replies that should have reached their service by now."""
    late = Q(attempts__gt=0) | Q(received_at__lt=timezone.now() - ON_ITS_WAY)
    return Inbound.objects.filter(late, _looked_after_by(actor), handed_at__isnull=True)


def news_not_taken(actor: Actor) -> QuerySet[SettlementRow]:
    """How messages ended, where their service should have heard of it by now."""
    late = Q(attempts__gt=0) | Q(at__lt=timezone.now() - ON_ITS_WAY)
    return SettlementRow.objects.filter(late, _looked_after_by(actor), taken_at__isnull=True)


def not_taken(actor: Actor) -> list[NotTaken]:
    """Everything that was not handed over: replies first, then the oldest."""
    replies = replies_not_taken(actor).defer("sender", "body").order_by("received_at")[:NOT_TAKEN_SHOWN]
    news = news_not_taken(actor).order_by("at")[:NOT_TAKEN_SHOWN]
    return [
        *(_not_taken("A reply", one.received_at, one) for one in replies),
        *(_not_taken(f"A message: {one.get_status_display().lower()}", one.at, one) for one in news),
    ]


def _not_taken(words: str, since: datetime, row: Inbound | SettlementRow) -> NotTaken:
    return NotTaken(words, row.service, since, row.attempts, row.due_at, row.error_kind)


def limits() -> list[RateLimit]:
    """Every limit in force, by organisation."""
    rows = RateLimit.objects.select_related("organisation")
    return list(rows.order_by("organisation__name", "service"))


def switch_board() -> list[SwitchLine]:
    """The kill switch of everything, then of each service."""
    thrown = {row.service: row for row in Switch.objects.all()}
    lines = [SwitchLine("everything", "Everything", thrown.get(EVERYTHING))]
    return lines + [SwitchLine(name, words_for(name), thrown.get(name)) for name in policies()]
