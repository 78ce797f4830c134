"""What the national system sent is for the force it is about and the unit; partners are the charity's."""

from __future__ import annotations

from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, Role
from tests.walls.matrix.knowing import Known, May

_KEEPERS = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})

# A force's coordinators refer and its inspectors look on; of the charity, whoever talks with people.
_SENDERS = INSPECTORS | HELPLINE | {Role.POLICE_COORDINATOR, Role.FAMILY_SUPPORT}
_WORKER = frozenset({Role.PARTNER_WORKER})


def _both(referral: str) -> tuple[May, ...]:
    lead = f"{referral}." if referral else ""
    return (May(f"{lead}sender", _SENDERS), May(f"{lead}partner", _WORKER))


KNOWN_TO: Known = {
    "partners.Referral": _both(""),
    # Why somebody is referred is the sender's own.
    "partners.Referral.why": (May("sender", _SENDERS),),
    "partners.Progress": _both("referral"),
    # Whoever refers reads the directory, in whatever force; a partner does not.
    "partners.Profile": tuple(
        May(place, _SENDERS | _KEEPERS) for place in ("@metropolitan", "@kent", "@missing-people")
    ),
    # Of the matrix's one alert that came in, the areas name the Metropolitan force.
    "cap.CapProposal": (May("@metropolitan", POLICE), May("@ukmpu", {Role.NATIONAL_UNIT})),
    # What a partner calls its record is the partner's alone; the force sees its own half.
    "blind.Candidate": (May("pairing.partner", {Role.PARTNER_WORKER}),),
    "routes.Concern": (May("incident.owner", POLICE),),
    "proposals.NotReferred": (May("incident.owner", POLICE),),
    "cap.PushTarget": (May("@missing-people", _KEEPERS),),
}
