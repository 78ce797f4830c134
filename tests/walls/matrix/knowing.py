"""Who may ever read the words of a row: what answers are held against (domain.md sections 6 to 8).

It is written by hand and from outside: it asks no policy and no selector of the product.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db import models

from foundation.accounts.enums import Role
from tests.walls.matrix.planting import Mark
from tests.walls.matrix.viewers import ASSIGNED, Viewer

# From a row to an organisation or a person.
Lead = str | Callable[[Any], Any]


@dataclass(frozen=True)
class May:
    """Holders of `roles` in the organisation that `where` leads to from the row.

    `where` is a path of attributes, a way to ask, or `@` and the code of an organisation. With `only`, of
    those with the role nobody but the person that leads to. With `attribute`, only for rows in which it has
    one of `values`.
    """

    where: Lead
    roles: Collection[Role]
    only: Lead = ""
    attribute: str = ""
    values: Collection[str] = ()

    def lets(self, viewer: Viewer, row: models.Model, code: str) -> bool:
        """Whether it lets this viewer read the row; `code` is the viewer's organisation."""
        if viewer.role != ASSIGNED and viewer.role not in {role.value for role in self.roles}:
            return False
        if viewer.role == ASSIGNED and Role.RHI_INTERVIEWER not in self.roles:
            return False
        if self.attribute and _along(row, self.attribute) not in self.values:
            return False
        if self.only:
            person = _along(row, self.only)
            if viewer.member is None or person is None or person.pk != viewer.member.user.pk:
                return False
        if isinstance(self.where, str) and self.where.startswith("@"):
            return self.where[1:] == code
        place = _along(row, self.where)
        return place is not None and place.code == code


def _along(row: Any, path: Lead) -> Any:
    if callable(path):
        return path(row)
    return reduce(lambda here, name: None if here is None else getattr(here, name), path.split("."), row)


Known = dict[str, tuple[May, ...]]


def rule_of(known: Known, mark: Mark) -> tuple[May, ...]:
    """What is said of the field, or else of its model. Raises `KeyError` where nothing is."""
    return known[mark.field] if mark.field in known else known[mark.model]


def may_know(known: Known, viewer: Viewer, mark: Mark) -> bool:
    """Whether the viewer may read these words anywhere at all."""
    if viewer.organisation_code is None:
        return False
    return any(one.lets(viewer, mark.row, viewer.organisation_code) for one in rule_of(known, mark))
