"""Which force an incident is of, and who sees it with the force."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from benchmarks.seeding.spread import LONDON
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation, User

MET = "metropolitan"
CHARITY = "missing-people"


@dataclass(frozen=True, slots=True)
class Force:
    """One force, the officer who records for it, and the authorities of its children in care."""

    pk: int
    code: str
    officer_id: int
    authorities: tuple[int, ...]


def the_forces() -> Callable[[random.Random], Force]:
    """Draws a force by its share of the incidents. Makes one officer for each."""
    rows = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE).order_by("code")
    councils = tuple(
        Organisation.objects.filter(kind=OrganisationKind.LOCAL_AUTHORITY)
        .order_by("code")
        .values_list("pk", flat=True)
    )
    forces = [
        Force(row.pk, row.code, officer_of(row).pk, councils if row.code == MET else ()) for row in rows
    ]
    shares = _shares([one.code for one in forces])
    return lambda chance: chance.choices(forces, cum_weights=shares)[0]


def officer_of(force: Organisation) -> User:
    """The officer of a force, made once."""
    email = f"officer@{force.code}.bench.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, None, full_name=f"Officer of {force.name}")
        Membership.objects.create(user=user, organisation=force, role=Role.POLICE_OFFICER)
    return user


def _shares(codes: list[str]) -> list[float]:
    """London has its known share; the others differ as forces do, always in the same way."""
    chance = random.Random(1)
    sizes = {code: chance.lognormvariate(0, 0.6) for code in codes if code != MET}
    scale = (1 - LONDON) / sum(sizes.values())
    return list(accumulate(LONDON if code == MET else sizes[code] * scale for code in codes))
