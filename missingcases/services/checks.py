"""Whether what an incident names may be named: authorities, the force's unit and officer, the area."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation, Team
from foundation.places.models import Area
from foundation.places.selectors import why_not
from missingcases.services.common import works_for


def check_links(
    problems: dict[str, str], values: Mapping[str, Any], owner_id: int, seen_at: datetime
) -> None:
    """Authorities must be authorities, the unit of the owner force, the area one of the day."""
    _check_area(problems, values.get("last_seen_area_id"), seen_at)
    for name in ("placing_authority_id", "host_authority_id"):
        wanted = values.get(name)
        if (
            wanted is not None
            and not Organisation.objects.filter(
                pk=wanted, kind=OrganisationKind.LOCAL_AUTHORITY, is_active=True
            ).exists()
        ):
            problems[name] = "Choose a local authority."
    unit = values.get("owner_unit_id")
    if unit is not None and not Team.objects.filter(pk=unit, organisation_id=owner_id).exists():
        problems["owner_unit_id"] = "Choose a unit of the owner force."
    officer = values.get("owner_officer_id")
    if officer is not None and not works_for(officer, owner_id):
        problems["owner_officer_id"] = "Choose somebody of the owner force."


def _check_area(problems: dict[str, str], area_id: int | None, seen_at: datetime) -> None:
    """Add a problem where an area is none, or was none on the day that somebody was last seen."""
    if area_id is None:
        return
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        problems["last_seen_area_id"] = "There is no such area."
    elif why := why_not(area, on=timezone.localdate(seen_at)):
        problems["last_seen_area_id"] = f"{area.name} {why}. Choose an area of the day they were last seen."
