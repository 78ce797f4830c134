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
from reports.hub import READERS_OF_THE_HUB
from partners.states import READERS as REFERRAL_READERS
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
        within=("partners", "blind", "routes"),
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
        within=("reports", "national", "before_after", "cohorts", "patterns", "boards", "learning", "supported"),
    ),
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
# What the administration page leads to, with a line on what it is for.
ADMINISTRATION: tuple[tuple[Destination, str], ...] = (
    (
        Destination("People", "accounts:people", frozenset({Role.ADMINISTRATOR})),
        "Roles, suspending and reinstating, unlocking, a lost second factor.",
    ),
    (
        Destination("Invitations", "accounts:invitations", frozenset({Role.ADMINISTRATOR})),
        "Who was invited and has not come yet; send again or take back.",
    ),
    (
        Destination(
            "Who gets alerts",
            "audience:overview",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "Subscribers to Child Rescue Alerts in figures, partners’ lists, who gets rehearsals.",
    ),
    (
        Destination(
            "Alerts to partners’ systems",
            "cap:partners",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "Systems that are told of each alert, and the secrets that prove it.",
    ),
    (
        Destination(
            "Prices of alerts",
            "alerts:prices",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "The price of each message, and what an alert may cost before another manager approves it.",
    ),
    (
        Destination(
            "Who authorises alerts",
            "alerts:ranks",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY}),
        ),
        "The rank from which somebody says yes to a Child Rescue Alert for a force.",
    ),
    (
        Destination("Teams", "accounts:teams", frozenset({Role.ADMINISTRATOR})),
        "Command units and desks that hold work; add one, close one.",
    ),
    (
        Destination("Single sign-on", "single_sign_on:overview", frozenset({Role.ADMINISTRATOR})),
        "Let your people in by your organisation's own sign-in, with the roles it gives them.",
    ),
    (
        Destination("Organisations", "accounts:organisations", frozenset({Role.ADMINISTRATOR})),
        "Who takes part and has an administrator.",
    ),
    (
        Destination("Areas", "places:tree", frozenset({Role.ADMINISTRATOR})),
        "Nations, force areas, command units, boroughs; load an official list.",
    ),
    (
        Destination("Webhooks", "hooks:list", frozenset({Role.ADMINISTRATOR})),
        "Systems of yours that are told when an incident changes; what they missed, sent again.",
    ),
    (
        Destination("API clients", "clients:clients", frozenset({Role.ADMINISTRATOR})),
        "Which systems of yours use the API; let one in, change its secret, shut it out.",
    ),
    (
        Destination("Rules", "missingcases:rules", frozenset({Role.ADMINISTRATOR})),
        "Which action a flag or a repeat raises, and when reviews fall due.",
    ),
    (
        Destination(
            "Directory of partners",
            "partners:directory",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "Who traces, helps where contact was lost, and supports: what they take, and where.",
    ),
    (
        Destination(
            "Duty desk times",
            "desk:times",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.POLICE_FORCE}),
        ),
        "When the supervisor and the inspector are told of a high-risk incident that nobody acknowledged.",
    ),
)
# What the page on data protection leads to.
DATA_PROTECTION: tuple[tuple[Destination, str], ...] = (
    (
        Destination("Releases outside an agreement", "releases:outside", OVERSEERS),
        "What your organisation released without an agreement that covers it, and why.",
    ),
    (
        Destination("Sharing agreements", "agreements:list", AGREEMENT_READERS),
        "What may be released to whom, on what basis, who signed it, and when it is reviewed.",
    ),
    (
        Destination(
            "Break-glass",
            "breakglass:list",
            frozenset({Role.AUDITOR, Role.CHARITY_MANAGER}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "Confidential records that a duty manager opened for a while, and what the review of it found.",
    ),
    (
        Destination(
            "How long records stay open",
            "breakglass:length",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.CHARITY}),
        ),
        "What a duty manager who breaks the glass may choose.",
    ),
    (
        Destination("Who was told", "disclosure:find", ASKERS),
        "Who read an incident's or a person's records, what was released to whom, and the disclosure log.",
    ),
    (
        Destination("Subject access", "subject_access:list", CONFIRMERS),
        "People who ask what is held about them: find it, review it, look a second time, give it.",
    ),
    (
        Destination("Retention", "retention:overview", RETENTION_READERS),
        "How long records are kept, legal holds, and anonymising by two people what is due.",
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
