"""The forces whose data are made, and the people in them who record and decide."""

from __future__ import annotations

import random

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.places.models import Area
from missingcases.made.frame import Ask, Force
from missingcases.made.stated import LONDON_A_DAY, UK_A_DAY

MET = "metropolitan"
DOMAIN = "made.example"
_RANKS = {
    "officer": Role.POLICE_OFFICER,
    "supervisor": Role.POLICE_SUPERVISOR,
    "inspector": Role.POLICE_INSPECTOR,
}


class NoSuchForce(ValueError):
    """The force that was asked for is not among the organisations."""


def the_forces() -> list[Force]:
    """All of them; each has its officer, supervisor and inspector."""
    rows = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE).order_by("code")
    shares = _shares([row.code for row in rows])
    return [_force(row, shares[row.code]) for row in rows]


def chosen(ask: Ask, forces: list[Force]) -> list[Force]:
    """The force that was asked for, or all. Raises `NoSuchForce`."""
    found = [force for force in forces if ask.force in (None, force.code)]
    if not found:
        raise NoSuchForce(ask.force)
    return found


def a_day(forces: list[Force]) -> float:
    """How many incidents a day these forces have together."""
    return UK_A_DAY * sum(force.share for force in forces)


def officer_of(force: Organisation) -> User:
    """The officer of a force, made once."""
    return staff(force, "officer", Role.POLICE_OFFICER)


def staff(body: Organisation, post: str, role: Role) -> User:
    """Somebody in a post of an organisation, made once. Nobody can sign in as them."""
    email = f"{post}@{body.code}.{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, None, full_name=f"{post.title()} of {body.name}")
        Membership.objects.create(user=user, organisation=body, role=role)
    return user


def _force(row: Organisation, share: float) -> Force:
    posts = {post: staff(row, post, role).pk for post, role in _RANKS.items()}
    return Force(
        row.pk, row.code, share, posts["officer"], posts["supervisor"], posts["inspector"], row.area_id,
        _districts() if row.code == MET else (),
    )  # fmt: skip


def _districts() -> tuple[tuple[int, int], ...]:
    """London's boroughs with their authorities; the City has a force of its own."""
    boroughs = dict(Area.objects.filter(kind="borough").values_list("gss_code", "pk"))
    councils = Organisation.objects.filter(kind=OrganisationKind.LOCAL_AUTHORITY, area__isnull=False)
    found = councils.order_by("code").values_list("area__gss_code", "pk")
    return tuple((boroughs[gss], pk) for gss, pk in found if gss in boroughs and gss != "E09000001")


def _shares(codes: list[str]) -> dict[str, float]:
    """London has its known share; the others differ as forces do, always in the same way."""
    chance = random.Random(1)
    sizes = {code: chance.lognormvariate(0, 0.6) for code in codes if code != MET}
    london = LONDON_A_DAY / UK_A_DAY
    scale = (1 - london) / sum(sizes.values())
    return {code: london if code == MET else sizes[code] * scale for code in codes}
