"""The stand-in's pages, as a person with a browser uses them."""

import re

import pytest
import requests

from foundation.messaging.gateways.base import NotAccepted, Outgoing
from foundation.messaging.gateways.smtp import SmtpGateway
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.sandbox.magic import MAGIC

pytestmark = pytest.mark.django_db
TO = "+447700900123"


@pytest.fixture
def browse(provider):
    """A browser's manners: keeps cookies, sends the form's CSRF token back."""
    session = requests.Session()

    def go(path: str, **posted: str) -> requests.Response:
        if not posted:
            return session.get(provider.url + path, timeout=5)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', session.get(provider.url + path).text)
        given = {"csrfmiddlewaretoken": token[1] if token else "", **posted}
        action = posted.pop("_to", path)
        given.pop("_to", None)
        return session.post(provider.url + action, data=given, timeout=5)

    return go


def send(to: str = TO, body: str = "Need to talk?") -> None:
    TwilioGateway().send(Outgoing(reference="MSG-1", to=to, body=body))


def phone_path(browse, number: str = "07700 900123") -> str:
    page = browse("/").text
    return re.search(rf'href="(/phones/\d+/)">{number}<', page)[1]


def test_with_nothing_sent_the_list_says_what_to_do(browse) -> None:
    assert "No phone has a text yet" in browse("/").text


def test_a_text_shows_on_its_phone_and_the_phone_can_reply(browse, provider) -> None:
    send()
    path = phone_path(browse)
    assert "Need to talk?" in browse(path).text

    answer = browse(path, body="<b>Who is this?</b>")

    assert answer.status_code == 200
    assert "The phone has sent it." in answer.text
    assert "&lt;b&gt;Who is this?&lt;/b&gt;" in answer.text
    assert "<b>Who" not in answer.text
    assert "Who is this" in browse(path + "live").text
    assert "Who is this" in browse("/live").text


def test_an_empty_reply_is_not_sent(browse) -> None:
    send()
    answer = browse(phone_path(browse), body="")

    assert answer.status_code == 422
    assert "Enter write a text" in answer.text or "There is a problem" in answer.text


def test_stop_and_start_are_one_press(browse) -> None:
    send()
    path = phone_path(browse)
    assert "This phone has said STOP" in browse(path, word="STOP", _to=path + "says").text
    with pytest.raises(NotAccepted):
        send()

    assert "This phone has said STOP" not in browse(path, word="START", _to=path + "says").text
    send()


def test_a_phone_can_be_switched_off_and_on(browse, provider) -> None:
    send()
    path = phone_path(browse)

    assert "This phone is off" in browse(path, on="0", _to=path + "switch").text
    assert "The phone is on" in browse(path, on="1", _to=path + "switch").text


def test_a_phone_nobody_texted_can_write_first(browse, provider) -> None:
    assert "07700 900777" in browse("/", number="07700 900777").text
    assert browse("/", number="999").status_code == 422


def test_faults_are_set_and_taken_away_on_the_screen(browse) -> None:
    page = browse("/faults/", kind="busy", to="07700 900123", remaining="", seconds="5")
    assert "07700 900123" in page.text
    with pytest.raises(NotAccepted):
        send()

    mend = re.search(r'action="(/faults/\d+/mend)"', page.text)[1]
    assert "goes right again" in browse("/faults/", _to=mend, x="1").text
    send()


def test_a_late_fault_must_say_how_late(browse) -> None:
    answer = browse("/faults/", kind="slow", to="", remaining="", seconds="")

    assert answer.status_code == 422
    assert "Enter how many seconds" in answer.text


def test_the_numbers_with_a_will_of_their_own_are_listed(browse) -> None:
    page = browse("/numbers/").text

    for one in MAGIC.values():
        assert one.words in page


def test_mail_is_read_as_text_and_never_as_markup(browse) -> None:
    assert "No e-mail has arrived" in browse("/mail/").text
    SmtpGateway().send(
        Outgoing(
            reference="MSG-2",
            to="maya@charity.example",
            subject="<script>alert(1)</script>",
            body="Go to http://127.0.0.1:8000/x and <img src=x>",
        )
    )

    listed = browse("/mail/").text
    page = browse(re.search(r'href="(/mail/\d+/)"', listed)[1]).text

    assert "&lt;script&gt;" in listed
    assert "&lt;img src=x&gt;" in page
    assert 'href="http://127.0.0.1:8000/x"' in page
    assert "<script>alert" not in page


def test_forgetting_everything_is_asked_first(browse, provider) -> None:
    send()
    assert "Forget everything here?" in browse("/forget/").text
    assert provider.accepted() == 1

    browse("/forget/", sure="1")

    assert provider.accepted() == 0


def test_another_site_cannot_post_here(provider) -> None:
    assert requests.post(provider.url + "/forget/", timeout=5).status_code == 403


def test_a_page_that_is_not_there_is_not_found(browse) -> None:
    for path in ("/nothing", "/phones/999999/", "/mail/999999/"):
        assert browse(path).status_code == 404


def test_titles_hold_no_number(browse) -> None:
    send()
    title = re.search(r"<title>(.*?)</title>", browse(phone_path(browse)).text)[1]

    assert not any(character.isdigit() for character in title)
