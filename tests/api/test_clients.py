"""Tokens: got with a secret, good for what the client may, dead the moment it is shut out."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from oauth2_provider.models import get_access_token_model

from foundation.access import Refused
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.clients import services
from foundation.clients.api import limits
from foundation.clients.models import Client, KeptAnswer
from tests.api.conftest import System, let_in
from tests.cast import Member

pytestmark = pytest.mark.django_db


def test_neither_secret_nor_token_is_in_the_database(met_system: System) -> None:
    stored = Client.objects.get()
    assert met_system.secret not in stored.client_secret
    row = get_access_token_model().objects.get()
    assert row.token == ""
    assert AuditEvent.objects.filter(action="client.token_given", client_id=stored.pk).count() == 1


def test_without_a_good_token_the_answer_is_401(met_system: System) -> None:
    for token in ("", "wrong", "x" * 300):
        stranger = System(met_system.client, "", token)
        answer = stranger.get("/incidents")
        assert (answer.status_code, answer.json()["code"]) == (401, "token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_secret_gets_no_token(met: Organisation) -> None:
    system = let_in(met)
    system.secret = "guessed"
    assert system.get_token()["error"] == "invalid_client"
    assert Browser().post("/api/v1/token", {"grant_type": "password"}).json() == {
        "error": "unsupported_grant_type"
    }


def test_a_revoked_client_is_refused_at_its_next_request(
    met_system: System, met_administrator: Member
) -> None:
    assert met_system.get("/incidents").status_code == 200
    services.revoke_client(
        actor=met_administrator.actor, client_id=met_system.client.pk, reason="No longer used."
    )
    assert met_system.get("/incidents").status_code == 401
    assert met_system.get_token()["error"] == "invalid_client"


def test_a_revoked_token_row_alone_is_enough(met_system: System) -> None:
    """The client row is read too: a token that outlived its deletion would still open nothing."""
    from django.utils import timezone

    Client.objects.update(revoked_at=timezone.now())
    assert get_access_token_model().objects.exists()
    assert met_system.get("/incidents").status_code == 401


def test_an_organisation_that_left_is_refused(met_system: System, met: Organisation) -> None:
    Organisation.objects.filter(pk=met.pk).update(is_active=False)
    assert met_system.get("/incidents").status_code == 401
    assert met_system.get_token()["error"] == "invalid_client"


def test_a_new_secret_ends_the_old_one_and_its_tokens(met_system: System, met_administrator: Member) -> None:
    fresh = services.rotate_secret(actor=met_administrator.actor, client_id=met_system.client.pk)
    assert met_system.get("/incidents").status_code == 401
    assert met_system.get_token()["error"] == "invalid_client"
    met_system.secret = fresh.secret
    assert met_system.get_token()["status"] == 200
    assert met_system.get("/incidents").status_code == 200


def test_a_token_does_what_its_scopes_say(met: Organisation, system_of: Any) -> None:
    reader = system_of(met, ["incidents:read"])
    refused = reader.post("/incidents", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert reader.get_token(scope="incidents:write")["error"] == "invalid_scope"
    both = system_of(met, ["incidents:read", "incidents:write"])
    assert both.get_token(scope="incidents:read")["scope"] == "incidents:read"
    assert both.post("/incidents", {}).status_code == 403
    Client.objects.filter(pk=both.client.pk).update(scopes=["releases:read"])
    assert both.get("/incidents").status_code == 403


def test_another_address_than_those_allowed_is_refused(met: Organisation, system_of: Any) -> None:
    system = system_of(met, allowed_addresses=["127.0.0.0/8"])
    assert system.get("/incidents").status_code == 200
    Client.objects.update(allowed_addresses=["203.0.113.0/24"])
    assert system.get("/incidents").status_code == 401
    assert system.get_token()["error"] == "invalid_client"


def test_when_it_was_last_used_is_kept(met_system: System) -> None:
    assert Client.objects.get().last_used_at is None
    met_system.get("/incidents")
    first = Client.objects.get().last_used_at
    assert first is not None
    met_system.get("/incidents")
    assert Client.objects.get().last_used_at == first


def test_a_pull_with_nothing_new_asks_the_database_once(met_system: System) -> None:
    tag = met_system.get("/changes").headers["ETag"]
    for _ in range(2):  # one to learn what it reads by; a connection plans each statement once
        met_system.get("/changes", **{"If-None-Match": tag})
    with CaptureQueriesContext(connection) as asked:
        assert met_system.get("/changes", **{"If-None-Match": tag}).status_code == 304
    assert len(asked) == 1, [one["sql"][:80] for one in asked]


def test_limits_are_told_and_kept(met_system: System, kent_system: System, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [met_system.get("/changes") for _ in range(3)]
    assert [one.status_code for one in answers][-1] == 429
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert answers[-1].json()["code"] == "too_many"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert kent_system.get("/changes").status_code == 200


def test_a_connection_that_redis_closed_is_made_anew_and_the_count_goes_on(
    met_system: System, settings: Any
) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    assert met_system.get("/changes").status_code == 200
    other = redis.Redis.from_url(settings.REDIS_URL)
    other.client_kill_filter(_type="normal", skipme=True)
    answers = [met_system.get("/changes") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert not limits._here


def test_without_redis_each_process_counts_for_itself(met_system: System, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.API_REQUESTS_A_MINUTE = 1
    limits._here.clear()
    answers = [met_system.get("/changes").status_code for _ in range(3)]
    assert answers[-1] == 429
    limits._away_until = 0.0


def test_too_large_or_not_json_is_refused(met_system: System) -> None:
    large = met_system.post("/incidents", {"circumstances": "x" * 70_000})
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    bearer = {"Authorization": f"Bearer {met_system.token}", "Idempotency-Key": "order-0001"}
    xml = Browser().generic("POST", "/api/v1/incidents", "<a/>", "text/xml", headers=bearer)
    assert xml.status_code == 415
    for raw in ("{", '{"person":' + "[" * 50_000):
        broken = Browser().generic("POST", "/api/v1/incidents", raw, "application/json", headers=bearer)
        assert (broken.status_code, broken.json()["code"]) == (400, "json")
    listed = Browser().generic("POST", "/api/v1/incidents", "[1]", "application/json", headers=bearer)
    assert listed.status_code == 422
    assert met_system.ask("PUT", "/incidents", {}).status_code == 405
    nowhere = met_system.get("/nothing")
    assert (nowhere.status_code, nowhere.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_browser_session_opens_nothing(met_officer: Member) -> None:
    browser = met_officer.sign_in(Browser())
    assert browser.get("/api/v1/incidents").status_code == 401


def test_read_only_keeps_reading(met_system: System, settings: Any) -> None:
    settings.READ_ONLY = True
    assert met_system.get("/incidents").status_code == 200
    refused = met_system.post("/incidents", {})
    assert (refused.status_code, refused.json()["code"]) == (503, "read_only")


def test_what_ran_out_is_thrown_away(met_system: System) -> None:
    from datetime import timedelta

    from django.utils import timezone

    met_system.post("/incidents", {})
    assert services.clear_expired() == 0
    KeptAnswer.objects.update(made_at=timezone.now() - timedelta(days=2))
    get_access_token_model().objects.update(expires=timezone.now() - timedelta(days=2))
    assert services.clear_expired() == 1
    assert not get_access_token_model().objects.exists()


# --- The administrator's pages ---


def test_an_administrator_lets_a_system_in_and_sees_its_secret_once(
    client: Browser, met_administrator: Member
) -> None:
    met_administrator.sign_in(client)
    given = {"name": "Niche", "scopes": ["incidents:read"], "allowed_addresses": "203.0.113.7\n10.0.0.0/8"}
    shown = client.post(reverse("clients:add"), given)
    stored = Client.objects.get()
    assert stored.allowed_addresses == ["203.0.113.7/32", "10.0.0.0/8"]
    assert stored.organisation_id == met_administrator.organisation.pk
    assert stored.client_id in shown.content.decode()
    secret = shown.context["secret"]
    assert "no-store" in shown.headers["Cache-Control"]
    listed = client.get(reverse("clients:clients")).content.decode()
    assert "Niche" in listed
    assert secret not in listed
    wrong = client.post(reverse("clients:add"), given | {"allowed_addresses": "here"})
    assert "here is not an internet address" in wrong.content.decode()
    assert "Niche" in wrong.content.decode()


def test_rotating_and_shutting_out_by_page(client: Browser, met_administrator: Member, met: Any) -> None:
    system = let_in(met)
    met_administrator.sign_in(client)
    at = [system.client.reference]
    assert client.get(reverse("clients:rotate", args=at)).status_code == 200
    fresh = client.post(reverse("clients:rotate", args=at)).context["secret"]
    system.secret = fresh
    assert system.get_token()["status"] == 200
    assert client.post(reverse("clients:revoke", args=at), {"reason": ""}).status_code == 200
    client.post(reverse("clients:revoke", args=at), {"reason": "Replaced."})
    assert system.get("/incidents").status_code == 401
    assert "shut out already" in client.get(reverse("clients:rotate", args=at)).content.decode()
    assert "Shut out" in client.get(reverse("clients:clients")).content.decode()


def test_another_organisations_administrator_gets_404(
    client: Browser, administrator: Member, met: Any, met_officer: Member
) -> None:
    system = let_in(met)
    administrator.sign_in(client)
    for name in ("clients:rotate", "clients:revoke"):
        assert client.post(reverse(name, args=[system.client.reference])).status_code == 404
    assert "No system uses the API yet" in client.get(reverse("clients:clients")).content.decode()
    met_officer.sign_in(client)
    assert client.get(reverse("clients:clients")).status_code == 403


def test_nobody_else_makes_or_changes_a_client(met: Any, met_officer: Member, administrator: Member) -> None:
    with pytest.raises(Refused):
        services.make_client(actor=met_officer.actor, name="x", scopes=["incidents:read"])
    with pytest.raises(ValueError, match="no such scopes"):
        services.make_client(actor=administrator.actor, name="x", scopes=["everything"])
    system = let_in(met)
    with pytest.raises(Refused):
        services.rotate_secret(actor=administrator.actor, client_id=system.client.pk)
    with pytest.raises(Refused):
        services.rotate_secret(actor=Actor.nobody(), client_id=system.client.pk)
