"""What the pages on administration and on data protection lead to, each with a line on what it is for."""

from __future__ import annotations

from config.navigation import Destination
from foundation.accounts.enums import OrganisationKind, Role
from missingcases.agreements.policies import READERS as AGREEMENT_READERS
from missingcases.disclosure.policies import ASKERS
from missingcases.release_rules import OVERSEERS
from missingcases.retention.policies import READERS as RETENTION_READERS
from missingcases.subject_access.states import CONFIRMERS

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
        Destination(
            "What an incident costs",
            "supported:cost",
            frozenset({Role.ADMINISTRATOR}),
            kinds=frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY}),
        ),
        "The range that figures of closures supported are reckoned with, with its source and year.",
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
