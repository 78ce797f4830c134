"""What records share, as far as a coordinator sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from missingcases.models import Incident, Phone, RecordSection
from reports.patterns.drawing import drawn, graph_of
from reports.patterns.selectors import Patterns, patterns
from reports.patterns.statements import _normal
from reports.patterns.things import Kind, Person, Shared, normalised
from reports.periods import Period
from tests.cast import Member
from tests.missingcases import making

MONTH = Period(timezone.localdate() - timedelta(days=20), timezone.localdate() + timedelta(days=1))


def case(officer: Member, name: str, *, network: dict[str, Any] | None = None, **given: Any) -> Incident:
    incident = making.report(officer.actor, given_names=name, family_name="Moor", **given)
    if network:
        RecordSection.objects.create(incident=incident, section="network", data=network)
    return incident


def seen(who: Member) -> Patterns:
    return patterns(who.actor, MONTH, None)


def names(found: Patterns) -> dict[Kind, list[tuple[str, set[str]]]]:
    told: dict[Kind, list[tuple[str, set[str]]]] = {}
    for one in found.shared:
        told.setdefault(one.kind, []).append((one.words, {person.name for person in one.people}))
    return told


def test_what_is_in_the_records_of_several_is_found_and_what_is_nobodys_is_not(
    met_officer: Member, met_coordinator: Member
) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    first = case(
        met_officer, "Ada", network={"associates": ["J. Smith", "Mum"], "places": ["Lido"]},
        last_seen_place="Camden Lock", last_seen_at=long_ago,
    )  # fmt: skip
    second = case(
        met_officer, "Bea", network={"associates": ["j smith", "mum"], "persons_of_concern": ["Rex"]},
        last_seen_place="CAMDEN LOCK.", last_seen_at=long_ago + timedelta(hours=5),
    )  # fmt: skip
    case(met_officer, "Cy", network={"associates": "not a list"}, last_seen_place="home")
    case(met_officer, "Di", last_seen_place="Home")
    for incident in (first, second):
        Phone.objects.create(person=incident.person, number="+447700900123", number_key="k" * 64)
        data = {"care_placement_address": "4, The Elms"}
        RecordSection.objects.create(incident=incident, section="care", data=data)
    found = seen(met_coordinator)
    both = {"Ada Moor", "Bea Moor"}
    told = names(found)
    assert set(told) == {Kind.ASSOCIATE, Kind.PHONE, Kind.PLACEMENT, Kind.TOGETHER}
    assert all(who == both for shared in told.values() for _, who in shared)
    assert told[Kind.PHONE][0][0] == ""
    assert [(place.incidents, place.people) for place in found.places] == [(2, 2)]
    assert found.incidents == 4
    assert {first.pk, second.pk} <= set(found.ids)


def test_one_sees_what_one_may_see_and_no_other_force(
    client: Client, met_officer: Member, met_coordinator: Member, kent_officer: Member
) -> None:
    shared = {"associates": ["J. Smith"]}
    case(met_officer, "Ada", network=shared)
    hidden = case(met_officer, "Bea", network=shared)
    case(kent_officer, "Cy", network=shared)
    assert names(seen(met_coordinator))[Kind.ASSOCIATE] == [("J. Smith", {"Ada Moor", "Bea Moor"})]
    hidden.audience.update(revoked_at=timezone.now())
    assert names(seen(met_coordinator)) == {}
    assert names(seen(kent_officer)) == {}


@pytest.mark.parametrize(
    ("who", "status"),
    [("met_coordinator", 200), ("met_officer", 403), ("duty_manager", 403), ("auditor", 403)],
)
def test_the_page_is_the_coordinators_and_every_look_is_recorded(
    client: Client, request: pytest.FixtureRequest, met_officer: Member, who: str, status: int
) -> None:
    one = case(met_officer, "Ada", network={"associates": ["J. Smith"]})
    case(met_officer, "Bea", network={"associates": ["J. Smith"]})
    request.getfixturevalue(who).sign_in(client)
    page = client.get(reverse("patterns:overview"))
    assert page.status_code == status
    if status == 200:
        words = page.content.decode()
        assert "Appears in the records of" in words
        assert reverse("missingcases:overview", args=[one.reference]) in words
        assert "<svg" in words
        entry = AuditEvent.objects.get(action="patterns.searched")
        assert one.pk in entry.target_ids


def test_words_are_compared_alike_here_and_in_the_database(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for words in ("  J. Smith ", "4, The  Elms", "ÉLAN club", "..."):
            cursor.execute(f"SELECT {_normal('%s')}", [words])
            assert cursor.fetchone()[0] == normalised(words)


def test_the_drawing_holds_no_more_than_can_be_read_and_no_markup() -> None:
    people = [Person(at, f"Person <{at}>", f"MI-{at}") for at in range(60)]
    shared = [Shared(Kind.ASSOCIATE, f"Name {at}", tuple(people[at : at + 9]), 9) for at in range(0, 50, 3)]
    graph = graph_of(shared)
    assert graph is not None
    assert len(graph.people) <= 24
    assert "<0>" not in drawn(graph)
    assert drawn(graph_of([])) == ""
