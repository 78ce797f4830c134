"""Reading across services: the shapes in which a service offers what it has to a page that knows no service.

`config/contributions.py` (named by `settings.CONTRIBUTIONS`) lists, under each name below, what the
services offer. The pages of a lower floor read them here and show them; they never import a service.
A contributor gets the actor and answers only what that actor may know: nothing is filtered afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.alerting import (
    AlertTeller,
    AlertWords,
    Announcer,
    ToldAlert,
)
from foundation.kept import Merge, Retention, SubjectAccess, SubjectRecord
from foundation.schedules import ReleaseSource, Schedule, Subject

# The shapes of these are told by way of here, as all the others are.
__all__ = [
    "AlertTeller",
    "AlertWords",
    "Announcer",
    "Merge",
    "ReleaseSource",
    "Retention",
    "Schedule",
    "Subject",
    "SubjectAccess",
    "SubjectRecord",
    "ToldAlert",
]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or button. With a `refusal` it is shown disabled, with the reason beside it."""

    label: str
    url: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for somebody. `words` is page content: it may name what the actor may know."""

    words: str
    url: str
    due_at: datetime | None = None
    detail: str = ""

    def is_late(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """A part of "My work": most urgent first, at most a screenful, with the full count and list."""

    key: str
    title: str
    empty: str
    items: tuple[WorkItem, ...]
    count: int
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of a service's card: what, when, how it stands."""

    words: str
    status: str = ""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What one service does for one incident, with what can be asked of it now."""

    key: str
    title: str
    intro: str
    empty: str
    lines: tuple[ServiceLine, ...] = ()
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One entry of an incident's timeline that lives in a service's own records."""

    at: datetime
    kind: str
    words: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Underway:
    """Something that a stop came too late for, in words for whoever closes, with its time."""

    at: datetime
    words: str


# So many lines of each kind go into a handover: more than ever wait, as what is cut off nobody takes over.
HANDED_OVER = 200


@dataclass(frozen=True, slots=True)
class HandoverSection:
    """What the incoming shift must know of one service: the lines, or that there is nothing."""

    key: str
    title: str
    empty: str
    items: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class HookKind:
    """Something of a service's that webhooks can tell of: the `type` receivers read, and its words.

    `lane` is the queue it goes by. With `owners_alone` only the organisation that owns the incident hears it.
    """

    value: str
    label: str
    lane: str = "bulk"
    owners_alone: bool = False


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing on the duty desk that waits, of one incident or none; `subject` tells it from the others."""

    incident_id: int | None
    subject: str
    words: str
    url: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskPart:
    """A service's part of the duty desk, the first to be late first.

    One list is drawn for everybody of an organisation who has the same roles and sees the same incidents:
    what stands on it may go by those alone, never by who looks.
    """

    key: str
    title: str
    empty: str
    lines: tuple[DeskLine, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who told us something, so that no sanitised text repeats it. It is shown to nobody."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


WorkContributor = Callable[[Actor], WorkQueue | None]
ServiceContributor = Callable[[Actor, int], ServiceCard | None]
TimelineContributor = Callable[[Actor, int], Sequence[TimelineItem]]
UnderwayContributor = Callable[[Actor, int], Sequence[Underway]]
HandoverContributor = Callable[[Actor], HandoverSection | None]
# The number is the most lines that are shown.
DeskContributor = Callable[[Actor, int], DeskPart | None]
# The label and the id of a record that something was learnt from; None for a record of another service.
IdentityContributor = Callable[[str, int], Identity | None]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Records of `label` that a service keeps from some of its own organisation's people.

    `hidden_from(actor)` is a query of the ids that the actor may not know of: nor of what was made from them.
    """

    label: str
    hidden_from: Callable[[Actor], QuerySet[Any]]


def listed(name: str) -> tuple[Any, ...]:
    """What the services offer under a name of `config/contributions.py`, in its order."""
    return tuple(getattr(import_module(settings.CONTRIBUTIONS), name, ()))


def work_for(actor: Actor) -> list[WorkQueue]:
    """Every service's part of the actor's work, in the listed order."""
    found = (contributor(actor) for contributor in listed("WORK"))
    return [queue for queue in found if queue is not None]


def services_for(actor: Actor, incident_id: int) -> list[ServiceCard]:
    """Every service's card for one incident that the caller has already shown to be visible."""
    found = (contributor(actor, incident_id) for contributor in listed("SERVICES_TAB"))
    return [card for card in found if card is not None]


def timeline_for(actor: Actor, incident_id: int) -> list[TimelineItem]:
    """What services add to an incident's timeline, newest first."""
    items = [item for contributor in listed("TIMELINE") for item in contributor(actor, incident_id)]
    return sorted(items, key=lambda item: item.at, reverse=True)


def underway_for(actor: Actor, incident_id: int) -> list[Underway]:
    """What was already being sent when the incident was stopped, oldest first."""
    items = [item for contributor in listed("UNDERWAY") for item in contributor(actor, incident_id)]
    return sorted(items, key=lambda item: item.at)


def handover_for(actor: Actor) -> list[HandoverSection]:
    """Every service's section of the shift handover."""
    found = (contributor(actor) for contributor in listed("HANDOVER"))
    return [section for section in found if section is not None]


def desk_for(actor: Actor, most: int) -> list[DeskPart]:
    """Every service's part of the duty desk."""
    found = (contributor(actor, most) for contributor in listed("DESK"))
    return [part for part in found if part is not None]


def identities_of(label: str, record_id: int) -> list[Identity]:
    """What the services know of who stands behind one of their records."""
    found = (contributor(label, record_id) for contributor in listed("IDENTITIES"))
    return [identity for identity in found if identity is not None]


def narrowed() -> tuple[Narrowed, ...]:
    """What services keep from some people of their own organisation."""
    return listed("NARROWED")


def hook_kinds() -> tuple[HookKind, ...]:
    """What every service lets webhooks tell of."""
    return listed("HOOKS")


def merges() -> tuple[Merge, ...]:
    """Every service's way to follow a merged record."""
    return listed("MERGE")


def subject_access() -> tuple[SubjectAccess, ...]:
    """Every service's answer to a subject access request."""
    return listed("SUBJECT_ACCESS")


def retention() -> tuple[Retention, ...]:
    """Every service's retention rule."""
    return listed("RETENTION")


def announced(language: str) -> SafeString:
    """What services say at the top of every page of the public site."""
    return SafeString("".join(announcer(language) for announcer in listed("ANNOUNCEMENTS")))


def told_alert(alert_id: int) -> ToldAlert | None:
    """What channels may know of an alert at this moment; None where they may know of none."""
    found = (teller(alert_id) for teller in listed("ALERTS"))
    return next((one for one in found if one is not None), None)


def subjects() -> tuple[Subject, ...]:
    """Whom besides missing people one may ask about."""
    return listed("SUBJECTS")


def release_sources() -> tuple[ReleaseSource, ...]:
    """Records of services that releases are made from, without an incident."""
    return listed("RELEASE_SOURCES")
