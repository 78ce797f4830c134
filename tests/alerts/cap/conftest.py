"""Keys, an issued alert, and forces with areas."""

from __future__ import annotations

import json

import pytest

from alerts.models import ChildRescueAlert
from foundation.accounts.models import Organisation
from foundation.places.models import Area, AreaKind, AreaParent
from tests.alerts.cap.issuing import issue
from tests.alerts.cap.making import NATIONAL, pair
from tests.alerts.making import Room


@pytest.fixture(autouse=True)
def keys(settings) -> None:
    """We sign, and know the national system."""
    ours, theirs = pair("ours"), pair("national")
    settings.CAP_SENDER = "alerts@cap.test"
    settings.CAP_SIGNING_KEY = ours.key
    settings.CAP_SIGNING_CERTIFICATE = ours.certificate
    settings.CAP_SENDERS = json.dumps({NATIONAL: [theirs.certificate]})


@pytest.fixture
def issued(room: Room, ready: ChildRescueAlert) -> ChildRescueAlert:
    """Out."""
    issue(ready, room.manager)
    ready.refresh_from_db()
    return ready


@pytest.fixture
def lambeth_area(met: Organisation) -> Area:
    """A borough that lies in the Met's area."""
    borough, _ = Area.objects.get_or_create(
        code="E09000022", defaults={"name": "Lambeth", "kind": AreaKind.BOROUGH, "gss_code": "E09000022"}
    )
    if met.area_id is None:
        met.area, _ = Area.objects.get_or_create(
            code="met-area", defaults={"name": "Metropolitan", "kind": AreaKind.FORCE}
        )
        met.save(update_fields=["area"])
    AreaParent.objects.get_or_create(child=borough, parent=met.area)
    return borough
