"""What each kind of release asks for, as data: who writes it, to whom, who else agrees, what covers it.

Services, policies and pages read this table and nothing decides by a kind of its own. How soon the
receiver acknowledges stands in `deadlines.ACKNOWLEDGE_WITHIN`.
"""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, OrganisationKind, Role
from missingcases.enums import Ground, LawfulBasis, ReleaseKind

# Whoever works with children, families and those who write to the charity: of the charity, or of an
# authority that holds its interviews itself.
CONFIDANTS: frozenset[Role] = HELPLINE | {Role.FAMILY_SUPPORT, Role.RHI_INTERVIEWER, Role.LOCAL_AUTHORITY}
# They answer for what their organisation's confidants pass on.
MANAGERS: frozenset[Role] = frozenset({Role.CHARITY_MANAGER, Role.LOCAL_AUTHORITY})
# They look over what was released outside an agreement.
OVERSEERS: frozenset[Role] = frozenset({Role.AUDITOR, Role.ADMINISTRATOR, Role.CHARITY_MANAGER}) | INSPECTORS
_FORCE = frozenset({OrganisationKind.POLICE_FORCE})
_ANYBODY = frozenset(OrganisationKind)


@dataclass(frozen=True, slots=True)
class KindRule:
    """One row of the table.

    `from_record`: it is taken from the police record of an incident, by those who may write there; every
    other kind is copied from what a confidential service holds. `approvers`: one of them, who is not the
    author, agrees first. `takers`: they acknowledge for the receiver. `own_readers`: they read it on the
    side that wrote it, beside its author. `needs_ground`: confidence is broken, so consent cannot be the
    basis. `needs_agreement`: outside a sharing agreement it is overridden with a reason; the others name
    an agreement where there is one and are never held up by one. `answered_under`: the service that keeps it
    acknowledges and takes it back on pages of its own, so that its record follows; ours only show it.
    """

    writers: frozenset[Role]
    to_kinds: frozenset[OrganisationKind]
    takers: frozenset[Role]
    from_record: bool = False
    approvers: frozenset[Role] = frozenset()
    own_readers: frozenset[Role] = MANAGERS
    needs_ground: bool = False
    ground: str = ""
    needs_agreement: bool = True
    answered_under: str = ""


_EVERY_TAKER = POLICE | MANAGERS | {Role.NATIONAL_UNIT, Role.PARTNER_WORKER, Role.API_CLIENT}

RULES: dict[str, KindRule] = {
    ReleaseKind.SERVICE_REQUEST: KindRule(
        # A system of the force asks for a service, which takes its own release; it releases nothing else.
        writers=POLICE | {Role.API_CLIENT},
        to_kinds=_ANYBODY,
        takers=_EVERY_TAKER | HELPLINE,
        from_record=True,
        needs_agreement=False,
    ),
    ReleaseKind.OTHER: KindRule(
        writers=POLICE, to_kinds=_ANYBODY, takers=_EVERY_TAKER | HELPLINE, from_record=True
    ),
    ReleaseKind.THREAT_TO_LIFE: KindRule(
        writers=CONFIDANTS,
        to_kinds=_FORCE,
        takers=POLICE,
        approvers=MANAGERS,
        own_readers=HELPLINE | MANAGERS,
        needs_ground=True,
        ground=Ground.THREAT_TO_LIFE,
        needs_agreement=False,
    ),
    ReleaseKind.CONFIDENCE_BROKEN: KindRule(
        writers=CONFIDANTS,
        to_kinds=_ANYBODY,
        takers=_EVERY_TAKER,
        approvers=MANAGERS,
        needs_ground=True,
        needs_agreement=False,
    ),
    ReleaseKind.INTELLIGENCE: KindRule(
        writers=CONFIDANTS,
        to_kinds=_FORCE | {OrganisationKind.NATIONAL_UNIT},
        takers=_EVERY_TAKER,
        own_readers=HELPLINE | MANAGERS,
        answered_under="Intelligence",
    ),
    ReleaseKind.INTERVIEW_EXTRACT: KindRule(writers=CONFIDANTS, to_kinds=_ANYBODY, takers=_EVERY_TAKER),
    ReleaseKind.REPORT: KindRule(
        writers=CONFIDANTS,
        to_kinds=frozenset({OrganisationKind.LOCAL_AUTHORITY}),
        takers=_EVERY_TAKER,
    ),
    ReleaseKind.FAMILY_UPDATE: KindRule(writers=CONFIDANTS, to_kinds=_ANYBODY, takers=_EVERY_TAKER),
    ReleaseKind.PARTNER_REFERRAL: KindRule(
        # A force's coordinator or the charity: allowed fields alone, written for the one partner. The
        # receiver learns of no incident by it, so it is not from the record.
        writers=CONFIDANTS | {Role.POLICE_COORDINATOR},
        to_kinds=frozenset({OrganisationKind.PARTNER}),
        takers=frozenset({Role.PARTNER_WORKER, Role.API_CLIENT}),
        own_readers=HELPLINE | MANAGERS,
        answered_under="Partners",
    ),
}

FROM_RECORD: frozenset[str] = frozenset(kind for kind, rule in RULES.items() if rule.from_record)
# Their lists and clocks are of the service that keeps them.
ANSWERED_ELSEWHERE: frozenset[str] = frozenset(kind for kind, rule in RULES.items() if rule.answered_under)
URGENT: frozenset[str] = frozenset({ReleaseKind.THREAT_TO_LIFE})
# What two people must agree to: the database holds them to it as well.
BY_TWO: frozenset[str] = frozenset(kind for kind, rule in RULES.items() if rule.approvers)
# Past its review and its days of grace an agreement may be overridden for this alone.
LAPSED_MAY_BE_OVERRIDDEN_FOR: frozenset[str] = frozenset({LawfulBasis.VITAL_INTERESTS})
# Breaking confidence rests on these; the person's yes is none of them.
BREAKING_BASES: frozenset[str] = frozenset(
    {LawfulBasis.VITAL_INTERESTS, LawfulBasis.SAFEGUARDING, LawfulBasis.LEGAL_OBLIGATION}
)
