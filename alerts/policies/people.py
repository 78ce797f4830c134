"""Whether those who said yes may still say so, and whether somebody had another part in it already."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.models import ChildRescueAlert
from alerts.ranks import authorisers
from alerts.states import CHARITY, NATIONAL, WITNESSES
from foundation.access import Refusal
from foundation.accounts.enums import POLICE, OrganisationKind, Role
from foundation.accounts.models import Membership
from foundation.actors import Actor

_PARTS = {
    "proposed_by_id": "proposed it",
    "authorised_by_id": "authorised it for the force",
    "agreed_by_id": "agreed to it nationally",
    "recorded_by_id": "recorded the national agreement",
    "witnessed_by_id": "witnessed the national agreement",
}


def had_a_part(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Refuse somebody who took an earlier step: proposer, authoriser, who agreed and issuer are four."""
    for name, part in _PARTS.items():
        if actor.user_id is not None and getattr(alert, name) == actor.user_id:
            return Refusal("other_person", f"You {part}. Somebody else has to take this step.")
    return None


def fallen(alert: ChildRescueAlert) -> Refusal | None:
    """Whose step no longer counts, as they were suspended or lost the role since; None where all stand."""
    of_force: dict[str, object] = {"organisation_id": alert.force_id}
    of_unit: dict[str, object] = {"organisation__kind": OrganisationKind.NATIONAL_UNIT}
    of_charity: dict[str, object] = {"organisation__kind": OrganisationKind.CHARITY}
    parts = (
        (alert.proposed_by_id, POLICE, of_force, "Whoever proposed this"),
        (
            alert.authorised_by_id,
            authorisers(alert.authorising_rank),
            of_force,
            "Whoever authorised this for the force",
        ),
        (alert.agreed_by_id, NATIONAL, of_unit, "Whoever agreed to this nationally"),
        (alert.recorded_by_id, CHARITY, of_charity, "Whoever recorded the national agreement"),
        (alert.witnessed_by_id, WITNESSES, of_charity, "Whoever witnessed the national agreement"),
    )
    held = _held_by({user_id for user_id, *_ in parts if user_id is not None})
    for user_id, roles, where, who in parts:
        if user_id is not None and not any(_counts(one, user_id, roles, where) for one in held):
            return Refusal(
                "no_longer_counts",
                f"{who} has been suspended or has another role since: their step no longer counts. "
                "Ask everybody again.",
            )
    return None


def _held_by(user_ids: set[int]) -> list[dict[str, object]]:
    """Every role that these people hold now, where: one statement, as the issuer waits for it."""
    rows = Membership.objects.filter(
        user_id__in=user_ids, ended_at=None, user__is_active=True, organisation__is_active=True
    )
    names = ("user_id", "role", "organisation_id", "organisation__kind")
    return [dict(zip(names, row, strict=True)) for row in rows.values_list(*names)]


def _counts(held: dict[str, object], user_id: int, roles: Iterable[Role], where: dict[str, object]) -> bool:
    return (
        held["user_id"] == user_id
        and held["role"] in set(roles)
        and all(held[name] == value for name, value in where.items())
    )
