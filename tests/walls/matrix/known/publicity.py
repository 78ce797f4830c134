"""Appeals are asked by the force and made by the charity: both read them. Outlets are the charity's."""

from __future__ import annotations

from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, PUBLICITY_DESK, Role
from tests.walls.matrix.knowing import Known, May

DESK = PUBLICITY_DESK | HELPLINE


def _both(appeal: str) -> tuple[May, ...]:
    lead = f"{appeal}." if appeal else ""
    return (May(f"{lead}organisation", POLICE | {Role.API_CLIENT}), May(f"{lead}charity", DESK))


KNOWN_TO: Known = {
    "appeals.Appeal": _both(""),
    "appeals.PartyView": _both("appeal"),
    "appeals.Consent": _both("appeal"),
    "appeals.Content": _both("appeal"),
    "appeals.Wording": _both("content.appeal"),
    "appeals.FeedEntry": _both("appeal"),
    "appeals.Placement": _both("appeal"),
    "appeals.Outlet": (May("@missing-people", PUBLICITY_DESK),),
    # Where an appeal stands: whoever reads the appeal.
    "appeals.Outlet.name": (May("@missing-people", DESK), May("@metropolitan", POLICE | {Role.API_CLIENT})),
    "appeals.SharingPolicy": (May("organisation", INSPECTORS), May("@missing-people", PUBLICITY_DESK)),
    "appeals.FragmentCheck": (May("organisation", INSPECTORS), May("@missing-people", PUBLICITY_DESK)),
    # What a member of the public saw: both. What the person wrote of themself: the charity.
    "appeals.Sighting": (
        May("appeal.charity", DESK),
        May("incident.owner", POLICE, attribute="kind", values={"sighting"}),
    ),
}
