"""Codes that a row may name: authorities, units, people. Read once a batch, people when asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation, Team
from foundation.places.models import Area
from missingcases.models import MissingPerson


class _People(dict[str, int]):
    """People of one organisation by reference, looked up one by one: there may be a million."""

    def __init__(self, organisation_id: int) -> None:
        super().__init__()
        self.organisation_id = organisation_id

    def __missing__(self, reference: str) -> int:
        own = MissingPerson.objects.filter(organisation_id=self.organisation_id)
        found = own.filter(reference=reference.upper()).values_list("pk", flat=True).first()
        if found is None:
            raise KeyError(reference)
        return found


class KnownCodes:
    """What codes mean for rows of one organisation."""

    def __init__(self, organisation_id: int) -> None:
        self.organisation_id = organisation_id

    def organisations(self, kind: OrganisationKind) -> dict[str, int]:
        """Ids of active organisations of `kind` by code."""
        return self._organisations.get(kind, {})

    def teams(self) -> dict[str, int]:
        """Ids of the organisation's active teams by code."""
        return self._teams

    def people(self) -> dict[str, int]:
        """Ids of the organisation's people by reference."""
        return self._people

    def areas(self) -> dict[str, Area]:
        """Areas by code, past ones too: a file tells of other years."""
        return self._areas

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code.casefold(): area for area in Area.objects.all()}

    @cached_property
    def _organisations(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for kind, code, pk in _active_organisations():
            found.setdefault(kind, {})[code] = pk
        return found

    @cached_property
    def _teams(self) -> dict[str, int]:
        own = Team.objects.filter(organisation_id=self.organisation_id, is_active=True)
        return dict(own.values_list("code", "pk"))

    @cached_property
    def _people(self) -> _People:
        return _People(self.organisation_id)


def _active_organisations() -> Iterator[tuple[str, str, int]]:
    yield from Organisation.objects.filter(is_active=True).values_list("kind", "code", "pk")
