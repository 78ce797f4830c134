"""The helpline's pages: a call written down with and without a script, and who finds nothing there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from families.helpline import services
from families.helpline.models import HelplineContact
from missingcases.messages_home.models import MessageHome
from tests.families.helpline.conftest import rings

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_charity(caseworker) -> Client:
    return caseworker.sign_in(Client())


def at(name: str, contact: HelplineContact) -> str:
    return reverse(f"helpline:{name}", args=[contact.reference])


def test_a_call_is_begun_written_down_and_answered(client_of_charity) -> None:
    assert client_of_charity.get(reverse("helpline:begin")).status_code == 200
    given = {
        "form_token": str(uuid4()),
        "channel": "call",
        "caller": "missing_person",
        "stays": "anonymous",
        "name": "Kim",
    }
    answer = client_of_charity.post(reverse("helpline:begin"), given)
    contact = HelplineContact.objects.get()
    assert answer["Location"] == at("contact", contact)
    assert contact.name == ""
    saved = client_of_charity.post(at("save", contact), {"version": 1, "notes": "Cold.", "safe_now": "no"})
    assert saved.status_code == 302
    page = client_of_charity.get(at("contact", contact)).content.decode()
    assert "Ring 999" in page
    assert "Cold." in page
    assert 'role="timer"' in page
    assert client_of_charity.post(at("end", contact), {}).status_code == 302
    contact.refresh_from_db()
    assert contact.ended_at is not None


def test_a_script_saves_as_it_is_typed_and_stops_where_a_colleague_wrote(
    client_of_charity, second_caseworker, call
) -> None:
    by_script = {"headers": {"X-Harbour-Autosave": "1"}}
    saved = client_of_charity.post(at("save", call), {"version": 1, "notes": "A"}, **by_script)
    assert saved.json() == {"saved": True, "version": 2}
    services.save_notes(actor=second_caseworker.actor, contact_id=call.pk, version=2, notes="B", answers={})
    assert (
        client_of_charity.post(at("save", call), {"version": 2, "notes": "AC"}, **by_script).status_code
        == 409
    )
    page = client_of_charity.post(at("save", call), {"version": 2, "notes": "AC"})
    assert page.status_code == 422
    assert "Yours is not lost" in page.content.decode()
    assert "AC</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        (
            "message_home",
            {"for_whom": "Mum", "words": "I am warm.", "disclose_location": "no"},
            {"for_whom": "Mum", "words": "I am warm.", "disclose_location": "no", "consent": "on"},
        ),
        (
            "three_way",
            {"on_the_line": ["police", "relative"], "consented": "on", "agreed": "07700 900123"},
            {"on_the_line": ["police", "relative"], "consented": "on", "agreed": "To speak again."},
        ),
        (
            "raise_concern",
            {"concern": "Afraid."},
            {"concern": "Afraid.", "is_threat_to_life": "no"},
        ),
        ("link", {"reference": "MI-00000000", "ground": "wish"}, None),
        ("hand_over", {"to": "0"}, {"to": ""}),
        ("close", {"reason": ""}, {"reason": "Done."}),
    ],
)
def test_a_form_that_fails_loses_nothing(client_of_charity, call, name, wrong, right) -> None:
    assert client_of_charity.get(at(name, call)).status_code == 200
    failed = client_of_charity.post(at(name, call), wrong)
    assert failed.status_code == 422
    for words in (value for value in wrong.values() if isinstance(value, str) and len(value) > 6):
        assert words in failed.content.decode()
    if right is not None:
        assert client_of_charity.post(at(name, call), right).status_code == 302
    assert client_of_charity.get(at("contact", call)).status_code == 200


def test_the_manager_decides_on_the_pages(client_of_charity, call, duty_manager, known_incident) -> None:
    asked = {"reference": known_incident.reference, "ground": "serious_harm", "reason": "Hurt."}
    client_of_charity.post(at("link", call), asked)
    client_of_charity.post(at("raise_concern", call), {"concern": "Okapi", "is_threat_to_life": "yes"})
    manager = duty_manager.sign_in(Client())
    page = manager.get(reverse("helpline:list")).content.decode()
    assert "A life may be in danger" in page
    assert "Okapi" not in page
    decided = manager.post(at("decide_link", call), {"approve": "yes", "reason": "Agreed."})
    assert decided.status_code == 302
    concern = call.concerns.get()
    address = reverse("helpline:concern", args=[concern.reference])
    assert "Okapi" in manager.get(address).content.decode()
    manager.post(reverse("helpline:concern_take", args=[concern.reference]))
    assert manager.post(address, {"keep-reason": ""}).status_code == 422
    proposed = manager.post(
        address, {"propose-text": "Wombat", "propose-reason": "Life.", "propose-ground": "threat_to_life"}
    )
    assert proposed.status_code == 302
    assert "Wombat" in manager.get(address).content.decode()
    assert manager.post(address, {"keep-reason": "Safe."}).status_code == 302
    assert manager.post(at("unlink", call), {"reason": "Her wish."}).status_code == 302
    assert manager.get(at("unlink", call)).status_code == 404


@pytest.mark.parametrize("who", ["met_supervisor", "authority_worker", "rhi_interviewer"])
def test_the_pages_are_nobody_elses(request, who, call) -> None:
    client = request.getfixturevalue(who).sign_in(Client())
    for reference in (call.reference, "HC-00000000"):
        assert client.get(reverse("helpline:contact", args=[reference])).status_code == 403
    assert not MessageHome.objects.exists()


def test_a_contact_of_another_charity_is_not_found(caseworker, call, kent) -> None:
    HelplineContact.objects.update(charity=kent)
    client = caseworker.sign_in(Client())
    assert client.get(at("contact", call)).status_code == 404
    assert client.post(at("claim", call)).status_code == 404


def test_lists_show_what_is_owed(client_of_charity, caseworker) -> None:
    wrote = rings(caseworker.actor, channel="text", notes="Okapi")
    for show in ("open", "mine", "late", "closed", "nonsense"):
        page = client_of_charity.get(reverse("helpline:list"), {"show": show}).content.decode()
        assert (wrote.reference in page) == (show in {"open", "nonsense"})
        assert "Okapi" not in page
    assert client_of_charity.post(at("claim", wrote)).status_code == 302
    assert client_of_charity.post(at("claim", wrote)).status_code == 302


def test_the_list_asks_as_often_with_thirty_rows_as_with_one(client_of_charity, caseworker) -> None:
    def one_more() -> None:
        contact = rings(caseworker.actor, channel="text")
        services.raise_concern(
            actor=caseworker.actor, contact_id=contact.pk, concern="Afraid.", is_threat_to_life=False
        )

    one_more()
    client_of_charity.get(reverse("helpline:list"))
    with CaptureQueriesContext(connection) as one:
        client_of_charity.get(reverse("helpline:list"))
    for _ in range(29):
        one_more()
    with CaptureQueriesContext(connection) as thirty:
        client_of_charity.get(reverse("helpline:list"))
    assert len(thirty) == len(one)
