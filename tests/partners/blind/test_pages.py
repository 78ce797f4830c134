"""The pages of both sides, in the order in which people use them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partners.blind import files
from partners.blind.encoding import key_bytes
from partners.blind.models import Candidate, Pairing
from tests.missingcases.releasing import agreement
from tests.partners.blind.conftest import LABEL, hers, patterns

pytestmark = pytest.mark.django_db


def at(name: str, row=None) -> str:
    return reverse(f"blind:{name}", args=[row.reference] if row else [])


def test_from_the_key_to_two_confirmations(sought, met_coordinator, worker) -> None:
    force, partner = met_coordinator.sign_in(Client()), worker.sign_in(Client())
    agreement(met_coordinator, worker, "other", "possible_match")
    force.post(at("start"), {"partner": worker.organisation.pk})
    pairing = Pairing.objects.get()

    shown = partner.post(at("key", pairing))
    assert pairing.key in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert pairing.key not in partner.get(at("pairing", pairing)).content.decode()
    assert partner.post(at("key", pairing)).status_code == 403

    sent = files.as_csv(patterns(pairing, hers())).encode()
    answer = partner.post(at("ask", pairing), {"file": SimpleUploadedFile("patterns.csv", sent)})
    assert answer.status_code == 302
    candidate = Candidate.objects.get()
    page = partner.get(at("pairing", pairing)).content.decode()
    assert "61" in page
    assert LABEL not in page
    assert partner.get(at("candidate", candidate)).status_code == 404

    page = force.get(at("candidate", candidate)).content.decode()
    assert "Katherine Nowak" in page
    assert LABEL not in page
    force.post(at("confirm", candidate))
    page = partner.get(at("candidate", candidate)).content.decode()
    assert LABEL in page
    assert "Nowak" not in page
    assert sought.reference not in page
    partner.post(at("confirm", candidate))
    candidate.refresh_from_db()
    assert candidate.status == "confirmed"
    assert "Neither has told the other who it is" in force.get(at("candidate", candidate)).content.decode()


def test_a_file_that_is_none_says_what_is_wrong(pairing, worker) -> None:
    partner = worker.sign_in(Client())
    names = SimpleUploadedFile("people.csv", b"label,given_names\nA-1,Katherine\n")

    answer = partner.post(at("ask", pairing), {"file": names})

    assert answer.status_code == 422
    assert "not a file of patterns" in answer.content.decode()
    whole = patterns(pairing, hers())
    other = files.sealed([hers()], key_bytes("0" * 64))
    for held, words in (
        (other, "another key"),
        (files.Patterns(whole.mark, whole.rows[1:], whole.seal), "cut off"),
    ):
        sent = SimpleUploadedFile("p.json", files.as_json(held).encode())
        assert words in partner.post(at("ask", pairing), {"file": sent}).content.decode()


def test_whoever_has_no_part_in_it_finds_nothing(
    told, pairing, other_worker, kent_officer, met_officer, caseworker
) -> None:
    stranger = other_worker.sign_in(Client())
    for name, row in (("pairing", pairing), ("candidate", told), ("ask", pairing), ("end", pairing)):
        assert stranger.get(at(name, row)).status_code == 404
    assert stranger.post(at("confirm", told)).status_code == 404
    for person in (kent_officer, met_officer, caseworker):
        assert person.sign_in(Client()).get(at("candidate", told)).status_code == 403


def test_the_tool_is_offered_with_its_digest(pairing, worker) -> None:
    from hashlib import sha256

    partner = worker.sign_in(Client())
    tool = partner.get(at("tool")).content

    assert tool[:2] == b"PK"
    assert sha256(tool).hexdigest() in partner.get(at("ask", pairing)).content.decode()


def test_what_waits_stands_under_my_work(told, worker, met_coordinator) -> None:
    page = worker.sign_in(Client()).get(reverse("work")).content.decode()

    assert at("candidate", told) in page
    assert (
        at("candidate", told) not in met_coordinator.sign_in(Client()).get(reverse("work")).content.decode()
    )


@pytest.mark.parametrize("name", ["reject", "take_back", "new_key", "end"])
def test_what_ends_something_asks_why(name, told, pairing, met_coordinator, worker) -> None:
    person = worker if name == "reject" else met_coordinator
    row = told if name in {"reject", "take_back"} else pairing
    client = person.sign_in(Client())

    assert "Why" in client.get(at(name, row)).content.decode()
    assert client.post(at(name, row), {"reason": ""}).status_code == 422
    assert client.post(at(name, row), {"reason": "For a reason."}).status_code == 302
