"""The main destinations: who is offered what. What a page lets through is its own declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from alerts.states import CHARITY, NATIONAL
from appeals.states import TRIAGERS
from families.states import WORKERS as FAMILY_WORKERS
from foundation.accounts.enums import (
    CHARITY_STAFF,
    HELPLINE,
    INSPECTORS,
    OPERATORS,
    POLICE,
    PUBLICITY_DESK,
    RECORD_READERS,
    OrganisationKind,
    Role,
)
from foundation.actors import Actor
from foundation.messaging.policies import READERS as MESSAGE_READERS
from foundation.ui.reach import can_open
from missingcases.desk.policies import DESKS
from missingcases.disclosure.policies import ASKERS
from missingcases.intelligence.states import WRITERS
from missingcases.views.readers import READERS as RELEASE_READERS
from missingcases.voice.policies import OF_THE_FORCE
from missingcases.voice.states import ASKERS as VOICE_ASKERS
from partners.blind.policies import USERS as BLIND_USERS
from partners.states import READERS as REFERRAL_READERS
from reports.hub import READERS_OF_THE_HUB
from rhi.states import WORKERS


@dataclass(frozen=True, slots=True)
class Destination:
    """One entry: its words, the name of its page, who is offered it (nobody named: everybody signed in).

    `kinds` are the kinds of organisation whose people are offered it (none named: every kind).

    `within` are further URL namespaces or names whose pages count as inside this entry. `count` may
    give a small number shown beside the words (capped: never a count of everything).
    """

    label: str
    url_name: str
    roles: frozenset[Role] = frozenset()
    within: tuple[str, ...] = ()
    count: Callable[[Actor], int] | None = field(default=None)
    kinds: frozenset[OrganisationKind] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Whether this entry is offered to `actor`."""
        if actor.user_id is None or (self.kinds and actor.organisation_kind not in self.kinds):
            return False
        return not self.roles or actor.holds(self.roles)


DESTINATIONS: tuple[Destination, ...] = (
    Destination("My work", "work"),
    Destination("Duty desk", "desk:desk", DESKS, within=("desk",)),
    Destination(
        "Incidents", "missingcases:incident_list", RECORD_READERS, within=("missingcases", "people", "links")
    ),
    Destination("Releases", "releases:received", RELEASE_READERS, within=("releases",)),
    Destination("Search", "search:search", RECORD_READERS, within=("search",)),
    Destination(
        "TextSafe",
        "textsafe:start",
        POLICE,
        within=("textsafe:ask", "textsafe:request", "textsafe:veto", "textsafe:withdraw"),
    ),
    Destination("Automatic texts", "textsafe:policy", INSPECTORS, within=("textsafe:policy",)),
    Destination("TextSafe", "textsafe:queue", HELPLINE, within=("textsafe",)),
    Destination("Families", "families:listing", FAMILY_WORKERS, within=("families",)),
    Destination("Interviews", "rhi:board", WORKERS, within=("rhi", "interviews")),
    Destination(
        "Partners",
        "partners:listing",
        REFERRAL_READERS | {Role.PARTNER_WORKER},
        within=("partners", "proposals"),
    ),
    Destination("Helpline", "helpline:list", HELPLINE, within=("helpline", "say_something")),
    Destination(
        "How it was",
        "voice:list",
        VOICE_ASKERS,
        within=("voice",),
        kinds=frozenset({OrganisationKind.CHARITY}),
    ),
    Destination("How it was", "voice:figures", OF_THE_FORCE, within=("voice",)),
    Destination("Handover", "handover:list", CHARITY_STAFF, within=("handover",)),
    Destination("Sightings", "sightings:sightings", TRIAGERS | POLICE, within=("sightings",)),
    Destination("Intelligence", "intelligence:list", WRITERS | POLICE, within=("intelligence",)),
    Destination("Appeals", "appeals:listing", POLICE | PUBLICITY_DESK, within=("appeals",)),
    Destination(
        "Alerts", "alerts:listing", POLICE | CHARITY | NATIONAL, within=("alerts", "audience", "cap")
    ),
    Destination(
        "Figures",
        "reports:hub",
        READERS_OF_THE_HUB,
        within=(
            "reports",
            "national",
            "before_after",
            "cohorts",
            "patterns",
            "boards",
            "learning",
            "supported",
        ),
    ),
    Destination("Concerns", "routes:list", POLICE, within=("routes",)),
    Destination("Blind matching", "blind:list", BLIND_USERS, within=("blind",)),
    Destination("Owed", "events:owed", frozenset({Role.ADMINISTRATOR}), within=("events",)),
    Destination("Messages", "messaging:log", MESSAGE_READERS, within=("messaging", "backups")),
    Destination("Status", "status", OPERATORS),
    Destination("Audit", "audit:newest", frozenset({Role.AUDITOR}), within=("audit",)),
    Destination(
        "Data protection",
        "data_protection",
        ASKERS | {Role.ADMINISTRATOR},
        within=("breakglass", "disclosure", "agreements", "subject_access", "retention"),
    ),
    Destination(
        "Administration",
        "administration",
        frozenset({Role.ADMINISTRATOR}),
        within=("accounts", "places", "hooks", "clients", "single_sign_on"),
    ),
)
ACCOUNT_LINKS: tuple[tuple[str, str], ...] = (("Your account", "mine:account"),)
STAFF_FOOTER: tuple[tuple[str, str], ...] = (
    ("Accessibility statement", "accessibility"),
    ("Getting help", "help"),
)


def entries(request: HttpRequest, actor: Actor) -> list[dict[str, object]]:
    """The navigation for this visitor: label, href, current, count. Pages not installed are left out."""
    found: list[dict[str, object]] = []
    for place in DESTINATIONS:
        href = address(place.url_name) if place.admits(actor) and can_open(actor, place.url_name) else None
        if href is None:
            continue
        found.append(
            {
                "label": place.label,
                "href": href,
                "current": _is_within(request, place, href),
                "count": place.count(actor) if place.count else 0,
            }
        )
    return found


def offered(places: tuple[tuple[Destination, str], ...], actor: Actor) -> list[dict[str, str]]:
    """Label, href and purpose of each place that exists and is offered to `actor`."""
    return [
        {"label": place.label, "href": href, "purpose": purpose}
        for place, purpose in places
        if place.admits(actor) and (href := address(place.url_name))
    ]


def links(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Label and address of the named pages that exist on this site."""
    return [{"label": label, "href": href} for label, name in pairs if (href := address(name))]


def address(name: str) -> str | None:
    """The address of a named page, or None on a site without it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _is_within(request: HttpRequest, place: Destination, href: str) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    names = {match.view_name, *match.namespaces}
    return request.path == href or place.url_name in names or not names.isdisjoint(place.within)
