"""An alert is its force's, the charity's duty managers', and the national unit's once it is authorised."""

from __future__ import annotations

from foundation.accounts.enums import POLICE, Role
from tests.walls.matrix.knowing import Known, May


def _room(alert: str) -> tuple[May, ...]:
    lead = f"{alert}." if alert else ""
    return (
        May(f"{lead}force", POLICE),
        May("@missing-people", {Role.CHARITY_MANAGER}),
        May("@ukmpu", {Role.NATIONAL_UNIT}),
    )


KNOWN_TO: Known = {
    "alerts.ChildRescueAlert": _room(""),
    "alerts.AlertContent": _room("alert"),
    "alerts.AlertWording": _room("content.alert"),
    "alerts.CriterionCheck": _room("alert"),
    "alerts.Comment": _room("alert"),
    "alerts.PictureRemoval": _room("alert"),
    "alerts.TelephoneAgreement": _room("alert"),
}
