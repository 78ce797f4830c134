"""The short way for pulls answers as the whole way does, and lets in nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client as Browser

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.models import AuditEvent
from foundation.clients import services as clients
from missingcases import services
from missingcases.api import door
from missingcases.models import Incident
from tests.api.conftest import System, let_in
from tests.cast import Member

pytestmark = pytest.mark.django_db
DOOR = "missingcases.api.door.PullDoorMiddleware"
PULLS = ("/incidents", "/incidents?limit=1", "/changes", "/changes?limit=2", "/changes?cursor=1.1")
ODD = (
    "/incidents?open=true", "/incidents?limit=0", "/incidents?limit=1e1", "/incidents?after=x",
    "/changes?cursor=1", "/changes?limit=1001", "/incidents?wrong=1",
)  # fmt: skip
# The request's own id, what stands in the present second, and what says nothing of an answer that no cache
# keeps and no browser reads.
PASSING = {"X-Request-ID", "RateLimit", "Vary", "Content-Language", "Allow"}


@pytest.fixture
def whole_way(settings: LazySettings) -> Any:
    """Asks the site as it would be without the door."""

    def ask(system: System, path: str, **headers: str) -> Any:
        before = settings.MIDDLEWARE
        settings.MIDDLEWARE = [one for one in before if one != DOOR]
        try:
            return system.get(path, **headers)
        finally:
            settings.MIDDLEWARE = before

    return ask


@pytest.fixture
def incidents(met_officer: Member, kent_officer: Member) -> None:
    for _ in range(3):
        services.report_incident(actor=met_officer.actor)
    services.report_incident(actor=kent_officer.actor)


def told(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in PASSING}


@pytest.mark.parametrize("path", [*PULLS, *ODD])
def test_both_ways_answer_alike(met_system: System, incidents: None, whole_way: Any, path: str) -> None:
    short, whole = met_system.get(path), whole_way(met_system, path)
    assert (short.status_code, short.content) == (whole.status_code, whole.content)
    assert told(short) == told(whole)
    assert short.headers["X-Request-ID"] != whole.headers["X-Request-ID"]


def test_both_ways_say_that_nothing_is_new(met_system: System, incidents: None, whole_way: Any) -> None:
    tag = met_system.get("/changes").headers["ETag"]
    known = {"If-None-Match": tag}
    short, whole = met_system.get("/changes", **known), whole_way(met_system, "/changes", **known)
    assert short.status_code == whole.status_code == 304
    assert told(short) == told(whole)


def test_both_ways_write_the_same_trail(met_system: System, incidents: None, whole_way: Any) -> None:
    for path in ("/incidents", "/changes"):
        met_system.get(path)
        whole_way(met_system, path)
        short, whole = AuditEvent.objects.order_by("pk").values(
            "action", "client_id", "organisation_id", "target", "target_ids", "source"
        )[AuditEvent.objects.count() - 2 :]
        assert short == whole
        assert len(short["target_ids"]) == 3


def test_a_list_is_written_down_as_any_reading_is(
    met_system: System, kent_system: System, incidents: None
) -> None:
    def entry() -> dict[str, Any]:
        found: dict[str, Any] = AuditEvent.objects.order_by("pk").values().last() or {}
        return {name: value for name, value in found.items() if name not in {"id", "recorded_at"}}

    for system, seen in ((met_system, 3), (kent_system, 1)):
        assert len(system.get("/incidents").json()["incidents"]) == seen
        as_read = entry()
        actor = Actor(
            roles=frozenset(),
            organisation_id=system.client.organisation_id,
            organisation_kind=OrganisationKind(system.client.organisation.kind),
            client_id=system.client.pk,
            source=as_read["source"],
            request_id=as_read["request_id"],
        )
        newest_first = list(
            Incident.objects.filter(owner_id=actor.organisation_id)
            .order_by("-reported_at", "-pk")
            .values_list("pk", flat=True)
        )
        audit.record(actor=actor, action="incident.listed", target=Incident, target_ids=newest_first)
        assert as_read == entry()
        assert as_read["request_id"]
    met_system.get("/incidents?after=1_1")
    assert (entry()["action"], entry()["target_ids"]) == ("incident.listed", [])


def test_a_token_that_was_shut_out_is_refused_where_nothing_is_new(
    met_system: System, incidents: None, met_administrator: Member
) -> None:
    tag = met_system.get("/changes").headers["ETag"]
    clients.revoke_client(actor=met_administrator.actor, client_id=met_system.client.pk, reason="Lost.")
    assert met_system.get("/changes", **{"If-None-Match": tag}).status_code == 401


def test_the_other_force_sees_its_own(kent_system: System, incidents: None) -> None:
    assert len(kent_system.get("/incidents").json()["incidents"]) == 1


def test_scope_address_and_limit_are_asked_for(met: Any, incidents: None, settings: LazySettings) -> None:
    narrow = let_in(met, ["textsafe:request"])
    narrow.get_token()
    assert narrow.get("/incidents").status_code == 403
    elsewhere = let_in(met, allowed_addresses=["203.0.113.0/24"])
    elsewhere.get_token(REMOTE_ADDR="203.0.113.7")
    assert elsewhere.get("/incidents").status_code == 401
    settings.API_REQUESTS_A_MINUTE = 2
    often = let_in(met)
    often.get_token()
    assert [often.get("/incidents").status_code for _ in range(3)] == [200, 200, 429]


def test_the_public_site_has_no_such_door(met_system: System, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "config.public_urls"
    answer = Browser().get("/api/v1/incidents", headers={"Authorization": f"Bearer {met_system.token}"})
    assert answer.status_code == 404


def test_a_strange_header_goes_the_whole_way(met_system: System) -> None:
    for said in ("Bearer", "Basic abc", "Bearer a b", "Bearer \u00fc", f"Bearer {'a' * 300}"):
        answer = Browser().get("/api/v1/incidents", headers={"Authorization": said})
        assert answer.status_code == 401


def test_nothing_new_takes_one_statement_and_a_wrong_guess_of_what_one_reads_by_counts_for_nothing(
    met_system: System, kent_system: System, incidents: None, django_assert_num_queries: Any
) -> None:
    tag = met_system.get("/changes").headers["ETag"]
    for _ in range(2):  # one to learn what it reads by, one to prepare the statement
        assert met_system.get("/changes", **{"If-None-Match": tag}).status_code == 304
    with django_assert_num_queries(1):
        assert met_system.get("/changes", **{"If-None-Match": tag}).status_code == 304
    others = kent_system.get("/changes").headers["ETag"]
    kent_system.get("/changes", **{"If-None-Match": others})
    for digest in door._read_by:  # as if the policy had changed since
        door._read_by[digest] = ["o:0"]
    assert met_system.get("/changes", **{"If-None-Match": tag}).status_code == 304
    assert kent_system.get("/changes", **{"If-None-Match": tag}).status_code == 200
