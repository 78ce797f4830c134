"""Which authority is responsible for a returned child, which hosts them, and by whose bank holidays."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.models import Organisation
from foundation.clock import NATIONS
from missingcases.enums import Known
from missingcases.models import Incident

_ENGLAND = "ENG"


@dataclass(frozen=True, slots=True)
class Responsible:
    """The two authorities of a child by id; None where it is not known, or is the same."""

    authority_id: int | None
    host_id: int | None

    @property
    def out_of_area(self) -> bool:
        """Whether the child is placed in another authority's area."""
        return self.host_id is not None


def responsible_for(incident: Incident) -> Responsible:
    """Of a looked-after child the authority that placed them; else the one of the area they live in [45]."""
    placing, host = incident.placing_authority_id, incident.host_authority_id
    looked_after = incident.looked_after == Known.YES
    authority = placing if looked_after else placing or host
    return Responsible(authority, host if host != authority else None)


def nation_of(authority: Organisation | None) -> str:
    """The division whose bank holidays an authority keeps; England's where its area does not say."""
    code = authority.area.gss_code if authority is not None and authority.area is not None else ""
    return NATIONS.get(code[:1], _ENGLAND)
