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
    give a small number shown beside the words (capped: never a count of everything). `under` is the page of
    another entry: for whoever is offered that one, this stands in the line of its parts and not in the menu.
    `as_part` is what an entry is called in the line of its own parts.
    """

    label: str
    url_name: str
    roles: frozenset[Role] = frozenset()
    within: tuple[str, ...] = ()
    count: Callable[[Actor], int] | None = field(default=None)
    kinds: frozenset[OrganisationKind] = frozenset()
    under: str = ""
    as_part: str = ""

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
    Destination(
        "Releases",
        "releases:received",
        RELEASE_READERS,
        within=("releases",),
        under="missingcases:incident_list",
    ),
    Destination("Search", "search:search", RECORD_READERS, within=("search",)),
    Destination(
        "TextSafe",
        "textsafe:start",
        POLICE,
        within=("textsafe:ask", "textsafe:request", "textsafe:veto", "textsafe:withdraw"),
    ),
    Destination(
        "Automatic texts", "textsafe:policy", INSPECTORS, within=("textsafe:policy",), under="textsafe:start"
    ),
    Destination("TextSafe", "textsafe:queue", HELPLINE, within=("textsafe",)),
    Destination("Families", "families:listing", FAMILY_WORKERS, within=("families",)),
    Destination("Interviews", "rhi:board", WORKERS, within=("rhi", "interviews")),
    Destination(
        "Partners",
        "partners:listing",
        REFERRAL_READERS | {Role.PARTNER_WORKER},
        within=("partners", "proposals"),
        as_part="Referrals",
    ),
    Destination(
        "Directory",
        "partners:directory",
        REFERRAL_READERS,
        within=("partners:partner", "partners:add", "partners:edit"),
        under="partners:listing",
    ),
    Destination("Concerns", "routes:list", POLICE, within=("routes",), under="partners:listing"),
    Destination("Blind matching", "blind:list", BLIND_USERS, within=("blind",), under="partners:listing"),
    Destination("Helpline", "helpline:list", HELPLINE, within=("helpline", "say_something")),
    Destination(
        "How it was",
        "voice:list",
        VOICE_ASKERS,
        within=("voice",),
        kinds=frozenset({OrganisationKind.CHARITY}),
    ),
    Destination("How it was", "voice:figures", OF_THE_FORCE, within=("voice",), under="reports:hub"),
    Destination("Handover", "handover:list", CHARITY_STAFF, within=("handover",)),
    Destination(
        "Sightings",
        "sightings:sightings",
        TRIAGERS | POLICE,
        within=("sightings",),
        under="appeals:listing",
    ),
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
        as_part="All figures",
    ),
    Destination("Status", "status", OPERATORS),
    Destination("Owed", "events:owed", frozenset({Role.ADMINISTRATOR}), within=("events",), under="status"),
    Destination(
        "Messages", "messaging:log", MESSAGE_READERS, within=("messaging", "backups"), under="status"
    ),
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
    """The navigation for this visitor: label, href, current, count, parts. Pages not installed are left out.

    The `parts` of an entry are itself and those that stand under it, where there are any.
    """
    open_to = {
        place.url_name: (place, href)
        for place in DESTINATIONS
        if place.admits(actor)
        and can_open(actor, place.url_name)
        and (href := address(place.url_name)) is not None
    }
    found: list[dict[str, object]] = []
    for place, href in open_to.values():
        if place.under in open_to:
            continue
        below = [_entry(request, actor, *one) for one in open_to.values() if one[0].under == place.url_name]
        entry = _entry(request, actor, place, href)
        is_below = any(part["current"] for part in below)
        first = {
            **entry,
            "label": place.as_part or place.label,
            "current": entry["current"] and not is_below,
        }
        parts = [first, *below] if below else []
        found.append({**entry, "current": entry["current"] or is_below, "parts": parts})
    return found


def parts_of(items: list[dict[str, object]]) -> dict[str, object] | None:
    """The entry that one is within, where it has parts."""
    return next((one for one in items if one["current"] and one["parts"]), None)


def _entry(request: HttpRequest, actor: Actor, place: Destination, href: str) -> dict[str, object]:
    return {
        "label": place.label,
        "href": href,
        "current": _is_within(request, place, href),
        "count": place.count(actor) if place.count else 0,
    }


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
