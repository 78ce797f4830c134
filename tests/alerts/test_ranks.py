"""Each force says from which rank on somebody authorises its alerts; an open alert keeps what held."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alerts import policies, selectors, services
from alerts.enums import AlertStatus
from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from tests.alerts import making
from tests.cast import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(met):
    return member("admin@met.example", "Pat Moss", met, Role.ADMINISTRATOR)


@pytest.fixture
def inspector(met):
    return member("inspector2@met.example", "Ivy Penn", met, Role.POLICE_INSPECTOR)


def test_a_force_lowers_its_rank_for_what_is_proposed_from_then_on(
    room, administrator, inspector, proposed
) -> None:
    services.set_authorising_rank(
        actor=administrator.actor, force_id=administrator.organisation.pk, rank="police_inspector"
    )
    making.checked(room, proposed)
    assert policies.may_authorise(inspector.actor, proposed).code == "role"
    assert proposed not in selectors.waiting_for(inspector.actor)
    later = making.checked(room, making.proposed(room, None))
    assert later in selectors.waiting_for(inspector.actor)
    done = services.authorise_alert(actor=inspector.actor, alert_id=later.pk)
    assert done.status == AlertStatus.FORCE_AUTHORISED
    assert policies.fallen(done) is None
    entry = AuditEvent.objects.get(action="alerts.rank_set")
    assert entry.fields == ["rank"]


def test_it_is_set_by_an_administrator_of_the_force_or_of_the_charity(
    client, administrator, room, charity, kent
) -> None:
    def set_for(actor, force, rank="police_inspector"):
        return services.set_authorising_rank(actor=actor, force_id=force.pk, rank=rank)

    met = administrator.organisation
    for actor in (room.superintendent, room.manager, room.unit):
        with pytest.raises((Refused, NotVisible)):
            set_for(actor, met)
    with pytest.raises(NotVisible):
        set_for(administrator.actor, kent)
    with pytest.raises(Invalid):
        set_for(administrator.actor, met, rank="police_officer")
    ours = member("admin@charity.example", "Ola Brand", charity, Role.ADMINISTRATOR)
    set_for(ours.actor, kent)
    assert selectors.rank_of(kent.pk) == "police_inspector"

    administrator.sign_in(client)
    shown = client.get(reverse("alerts:ranks")).content.decode()
    assert met.name in shown
    assert kent.name not in shown
    assert client.get(reverse("alerts:rank", args=[kent.code])).status_code == 404
    own = reverse("alerts:rank", args=[met.code])
    assert client.post(own, {"rank": "police_officer"}).status_code == 422
    assert client.post(own, {"rank": "police_inspector"}).status_code == 302
    assert "Pat Moss" in client.get(reverse("alerts:ranks")).content.decode()
