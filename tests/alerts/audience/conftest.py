"""Places to ask alerts for, and people who ask."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from alerts.audience import services
from alerts.audience.models import PostcodeDistrict, SignUp, Subscriber
from alerts.audience.services import signing_up
from foundation.messaging.models import Message
from foundation.places.models import Area, AreaKind, AreaParent


@pytest.fixture
def london(charity) -> dict[str, Area]:
    """A nation, a region in it, and two boroughs in that; SW99 lies in the first."""
    made = {
        name: Area.objects.create(kind=kind, name=name, code=f"t-{name.lower()}")
        for name, kind in (
            ("Logria", AreaKind.NATION),
            ("Greatham", AreaKind.REGION),
            ("Northborough", AreaKind.BOROUGH),
            ("Southborough", AreaKind.BOROUGH),
        )
    }
    AreaParent.objects.create(child=made["Greatham"], parent=made["Logria"])
    for borough in ("Northborough", "Southborough"):
        AreaParent.objects.create(child=made[borough], parent=made["Greatham"])
    PostcodeDistrict.objects.create(code="SW99", area=made["Northborough"])
    return made


def ask(to: str, areas: list[Area], *, channel: str = "email", language: str = "en") -> SignUp | None:
    """Sign an address up; nobody has confirmed it yet."""
    return services.begin(
        channel=channel,
        to=to,
        area_ids=[area.pk for area in areas],
        language=language,
        consent="web test",
        form_key=uuid4(),
    )


def subscribe(to: str, areas: list[Area], *, channel: str = "email", language: str = "en") -> Subscriber:
    """An address that its owner has confirmed."""
    row = ask(to, areas, channel=channel, language=language)
    assert row is not None
    found = services.confirm(token_hash=row.token_hash)
    assert found is not None
    return found


def code_sent() -> str:
    """The code in the newest text of the service."""
    body = Message.objects.filter(service=signing_up.SERVICE, channel="sms").latest("pk").body
    found = re.search(r"\b\d{6}\b", body)
    assert found is not None
    return found[0]


def link_sent() -> str:
    """The path of the link in the newest message of the service."""
    body = Message.objects.filter(service=signing_up.SERVICE).latest("pk").body
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found is not None
    return found[1]
