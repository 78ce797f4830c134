"""The stand-in's pages in a real browser: accessible, live, on a phone too."""

import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.smtp import SmtpGateway
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.sandbox.enums import FaultKind
from foundation.sandbox.models import NetworkPost, SignagePlayer
from tests.accessibility import faults_of
from tests.fixtures_processes import PATIENCE

pytestmark = pytest.mark.slow
TO = "+447700900123"
PAGES = (
    *("/", "/phones/1/", "/faults/", "/forget/", "/numbers/", "/mail/", "/mail/1/"),
    *("/networks/", "/players/", "/forces/"),
)
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(params=SIZES)
def window(request, committing_db, provider, browser):
    context = browser.new_context(base_url=provider.url, viewport=SIZES[request.param], locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert problems == []


def text(body: str = "Need to talk? Reply STOP to end.") -> None:
    TwilioGateway().send(Outgoing(reference="MSG-1", to=TO, body=body))


def billboard() -> None:
    """A player that shows one picture and has dropped another."""
    now = timezone.now()
    player = SignagePlayer.objects.create(
        playlist_url="https://help.example/players/playlist",
        check_in_url="https://help.example/players/check-in",
        token="a-token",
        read_at=now,
        good_until=now + timedelta(hours=1),
    )
    stream = io.BytesIO()
    Image.new("RGB", (192, 108)).save(stream, "PNG")
    for reference, dropped_at in (("PL-7K2M9QX4", None), ("PL-3VQ8Z1TD", now)):
        player.items.create(
            reference=reference,
            checksum="0" * 64,
            content_type="image/png",
            data=stream.getvalue(),
            dropped_at=dropped_at,
        )


def feed_of_a_force() -> None:
    """One appeal that stands in it, and one that was taken out."""
    for key, deleted_at in (("1", None), ("2", timezone.now())):
        fields = {"incident": "MI-7KQ2M9XD", "first_name": "Robin", "description": "Robin is tall."}
        NetworkPost.objects.create(
            network="force", account="met", key=key, text=json.dumps(fields), deleted_at=deleted_at
        )


def check(page) -> None:
    assert faults_of(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways"


def test_every_page_is_accessible_and_fits(window, provider) -> None:
    text()
    provider.reply(TO, "Who is this?")
    provider.break_(FaultKind.BUSY, to="+447700900124", seconds=3)
    SmtpGateway().send(
        Outgoing(reference="MSG-2", to="maya@charity.example", subject="A reply", body="Sign in.")
    )

    billboard()
    feed_of_a_force()
    for path in PAGES:
        assert window.goto(path).status == 200, path
        check(window)


def test_a_text_appears_by_itself_and_a_reply_is_sent(window, provider) -> None:
    text()
    window.goto("/")
    window.get_by_role("link", name="07700 900123").click()
    window.get_by_text("Need to talk?").wait_for()

    text("A second text")
    window.get_by_text("A second text").wait_for()
    window.get_by_label("Write a text").fill("Please stop looking for me")
    window.get_by_role("button", name="Send").click()

    window.get_by_text("The phone has sent it.").wait_for()
    window.get_by_text("Please stop looking for me").wait_for()
    window.get_by_role("button", name="Reply STOP").click()
    window.get_by_text("This phone has said STOP").wait_for()


def test_what_is_half_typed_survives_the_refreshing(window, provider) -> None:
    text()
    window.goto("/phones/1/")
    window.get_by_label("Write a text").fill("I am")

    text("Another")
    window.get_by_text("Another").wait_for()

    assert window.get_by_label("Write a text").input_value() == "I am"


def test_a_mistake_is_told_where_it_is(window, provider) -> None:
    window.goto("/faults/")
    window.get_by_label("What goes wrong").select_option("slow")
    window.get_by_role("button", name="Make it go wrong").click()

    window.get_by_role("alert").get_by_text("Enter how many seconds").click()

    assert window.evaluate("document.activeElement.name") == "seconds"
    check(window)
