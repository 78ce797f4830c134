"""Who is acting: a person in one organisation, an API client, or our own machinery."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party. Every service verb, query and audit entry takes one.

    A person acts for exactly one organisation at a time, so that what they may see is never the
    union of two organisations' knowledge. `source` is where the request came from (an address or a
    task name); `request_id` ties log lines, tasks and audit entries together.
    """

    organisation_id: int | None
    roles: frozenset[Role]
    user_id: int | None = None
    client_id: int | None = None
    organisation_kind: OrganisationKind | None = None
    team_ids: frozenset[int] = frozenset()
    source: str = ""
    request_id: str = ""

    @classmethod
    def system(cls, source: str) -> Actor:
        """Our own machinery (a task, a sweeper); `source` names it, such as ``events.sweep``."""
        return cls(organisation_id=None, roles=frozenset({Role.SYSTEM}), source=source)

    @classmethod
    def nobody(cls, source: str = "") -> Actor:
        """An unknown visitor, who may do and see nothing by default."""
        return cls(organisation_id=None, roles=frozenset(), source=source)

    @property
    def is_system(self) -> bool:
        """Whether this is our own machinery."""
        return Role.SYSTEM in self.roles

    def holds(self, roles: Iterable[Role]) -> bool:
        """Whether the actor holds any of `roles`."""
        return not self.roles.isdisjoint(roles)
