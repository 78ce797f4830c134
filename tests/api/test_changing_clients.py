"""What a system may do and where it comes from, changed after it was let in; and its name in the trail."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.urls import reverse

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.audit.models import AuditEvent
from foundation.clients import services
from foundation.clients.models import Client
from tests.api.conftest import System
from tests.cast import Member, member

pytestmark = pytest.mark.django_db


def test_what_is_taken_away_is_refused_at_the_next_request_and_what_is_added_comes_with_the_next_token(
    met_system: System, met_administrator: Member
) -> None:
    given = {"actor": met_administrator.actor, "client_id": met_system.client.pk, "reason": "Reads only."}
    assert met_system.get("/incidents").status_code == 200
    services.change_client(**given, scopes=["releases:read"], allowed_addresses=[])
    assert met_system.get("/incidents").status_code == 403
    services.change_client(**given, scopes=["incidents:read"], allowed_addresses=["203.0.113.0/24"])
    assert met_system.get("/incidents").status_code == 401
    services.change_client(**given, scopes=["incidents:read"], allowed_addresses=[])
    assert met_system.get("/incidents").status_code == 200
    told = AuditEvent.objects.filter(action="client.changed", target_id=met_system.client.pk).order_by("pk")
    assert [row.fields for row in told] == [
        ["scopes"],
        ["allowed_addresses", "scopes"],
        ["allowed_addresses"],
    ]
    assert all(row.reason_id for row in told)
    services.change_client(**given, scopes=["incidents:read"], allowed_addresses=[])
    assert told.count() == 3  # nothing was changed, so nothing is told
    with pytest.raises(ValueError, match="scopes"):
        services.change_client(**given, scopes=["everything"], allowed_addresses=[])


def test_a_client_is_changed_on_its_page_and_nothing_typed_is_lost(
    met_system: System, met_administrator: Member, kent: Organisation
) -> None:
    browser = met_administrator.sign_in(Browser())
    at = reverse("clients:change", args=[met_system.client.reference])
    assert at in browser.get(reverse("clients:clients")).content.decode()
    form = browser.get(at).context["form"]
    given = {
        "scopes": ["incidents:read"],
        "allowed_addresses": "203.0.113.7\nnonsense",
        "reason": "It moved.",
        "seen": form["seen"].value(),
    }
    page = browser.post(at, given)
    assert "nonsense is not an internet address" in page.content.decode()
    assert "It moved." in page.content.decode()
    services.change_client(
        actor=met_administrator.actor,
        client_id=met_system.client.pk,
        scopes=["releases:read"],
        allowed_addresses=[],
        reason="Meanwhile.",
    )
    page = browser.post(at, {**given, "allowed_addresses": "203.0.113.7"})
    assert "Somebody changed this system meanwhile" in page.content.decode()
    fresh = browser.get(at).context["form"]["seen"].value()
    assert browser.post(at, {**given, "allowed_addresses": "203.0.113.7", "seen": fresh}).status_code == 302
    assert Client.objects.get().allowed_addresses == ["203.0.113.7/32"]
    services.revoke_client(actor=met_administrator.actor, client_id=met_system.client.pk, reason="Gone.")
    assert "shut out already" in browser.get(at).content.decode()


def test_the_auditor_reads_which_system_it_was(met_system: System, met: Organisation) -> None:
    auditor = member("auditor@met.example", "Aud Ditor", met, Role.AUDITOR)
    met_system.get("/incidents")
    page = auditor.sign_in(Browser()).get("/audit/").content.decode()
    assert met_system.client.name in page
    assert "System, by the API" in page
