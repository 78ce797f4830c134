"""The pages of a person: who reaches them, what the other force sees, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from missingcases.merging.models import NotTheSame, PersonMerge
from missingcases.models import Incident
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(met_officer: Member) -> tuple[Incident, Incident]:
    return world.reported(met_officer.actor), world.reported(met_officer.actor, given="Alexa")


def client_of(somebody: Member) -> Client:
    return somebody.sign_in(Client())


def at(name: str, *args: str) -> str:
    return reverse(f"people:{name}", args=args)


def references(pair) -> tuple[str, str]:
    return pair[0].person.reference, pair[1].person.reference


def answers(page, **more: str) -> dict[str, str]:
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields if name != "reason"}
    return {**given, "reason": "Same telephone.", **more}


def merged(pair, supervisor: Member) -> PersonMerge:
    kept, gone = references(pair)
    client = client_of(supervisor)
    page = client.get(at("compare", kept, gone))
    assert client.post(at("compare", kept, gone), answers(page)).status_code == 302
    return PersonMerge.objects.get()


def test_two_records_are_compared_merged_and_divided(pair, met_supervisor: Member) -> None:
    kept, gone = references(pair)
    merge = merged(pair, met_supervisor)
    client = client_of(met_supervisor)
    assert client.get(at("person", gone)).url == at("person", kept)
    page = client.get(at("person", kept)).content.decode()
    assert pair[1].reference in page
    assert "Same telephone." in page

    undo = at("undo", kept, merge.reference)
    assert undo in page
    assert kept in client.get(undo).content.decode()
    assert client.post(undo, {"reason": "Two sisters."}).status_code == 302
    assert "Two sisters." in client.get(at("person", kept)).content.decode()
    assert client.get(at("person", gone)).status_code == 200


def test_the_other_force_and_other_bodies_see_nothing(
    pair, met_supervisor, kent_supervisor, caseworker, authority_worker, auditor
) -> None:
    kept, gone = references(pair)
    merge = merged(pair, met_supervisor)
    paths = [
        at("person", kept),
        at("person", gone),
        at("compare", kept, gone),
        at("undo", kept, merge.reference),
    ]
    for path in paths:
        assert client_of(kent_supervisor).get(path).status_code == 404
        for stranger in (caseworker, authority_worker, auditor):
            assert client_of(stranger).get(path).status_code == 403
    assert client_of(kent_supervisor).post(at("not_the_same", kept, gone)).status_code == 404


def test_an_officer_compares_and_tells_apart_but_does_not_merge(pair, met_officer: Member) -> None:
    kept, gone = references(pair)
    client = client_of(met_officer)
    page = client.get(at("compare", kept, gone))
    assert "A supervisor or missing person coordinator merges records." in page.content.decode()
    assert client.post(at("compare", kept, gone), {"reason": "x", "name": "kept"}).status_code == 422
    assert client.post(at("not_the_same", kept, gone)).status_code == 302
    assert NotTheSame.objects.count() == 1
    assert "decided that these are two people" in client.get(at("compare", kept, gone)).content.decode()


def test_a_merge_without_its_reason_keeps_what_was_chosen(pair, met_supervisor: Member) -> None:
    kept, gone = references(pair)
    client = client_of(met_supervisor)
    given = answers(client.get(at("compare", kept, gone)), name="other", reason="")
    page = client.post(at("compare", kept, gone), given)
    assert page.status_code == 422
    assert page.context["form"]["name"].value() == "other"
    assert "Say why they are the same person" in page.content.decode()


def test_another_record_is_named_by_its_reference_or_an_incident(pair, met_officer, kent_officer) -> None:
    kept, gone = references(pair)
    client = client_of(met_officer)
    for reference in (gone.lower(), pair[1].reference):
        page = client.post(at("person", kept), {"other": reference})
        assert page.url == at("compare", kept, gone)
    theirs = world.reported(kent_officer.actor)
    for reference in (theirs.reference, theirs.person.reference, "MP-NOBODY"):
        page = client.post(at("person", kept), {"other": reference})
        assert "no record of this reference" in page.content.decode()


def test_the_record_leads_to_the_person(pair, met_officer: Member) -> None:
    page = client_of(met_officer).get(reverse("missingcases:record", args=[pair[0].reference]))
    assert at("person", references(pair)[0]) in page.content.decode()


def test_no_name_stands_in_a_title(pair, met_officer: Member) -> None:
    kept, gone = references(pair)
    for path in (at("person", kept), at("compare", kept, gone)):
        page = client_of(met_officer).get(path).content.decode()
        assert "Example" not in page.split("</title>")[0]
