"""What each network is told and shows: published with its picture's words, gone again, twice as if once."""

from __future__ import annotations

import pytest

from appeals import delivery
from appeals.channels import bluesky, mastodon, texts, webhook
from appeals.enums import Channel, PlacementStatus
from appeals.models import Picture
from appeals.projection import Published
from foundation.files import storage
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.appeals import outlets

pytestmark = pytest.mark.django_db
P = PlacementStatus
OUTLETS = {
    Channel.MASTODON: outlets.mastodon,
    Channel.BLUESKY: outlets.bluesky,
    Channel.WEBHOOK: outlets.partner,
}


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


@pytest.mark.parametrize("channel", OUTLETS)
def test_an_appeal_is_shown_and_gone(desk, ready, provider: Control, channel) -> None:
    OUTLETS[channel](provider)
    live = outlets.publish(desk, ready)
    assert delivery.send_appeal(live.pk) == 1
    placement = outlets.of(live, channel)
    assert (placement.status, placement.problem) == (P.LIVE, "")
    (post,) = provider.posts()
    assert post["shown"]
    for words in ("Robin", "short brown hair", f"/appeals/{live.token}/"):
        assert words in post["text"]

    outlets.withdraw(desk, live)
    delivery.tell_outlets(live.pk)
    placement.refresh_from_db()
    assert [one["shown"] for one in provider.posts()] == [False]
    if channel == Channel.MASTODON:
        assert placement.status == P.TOLD
        assert placement.next_at is None
        assert outlets.ledger(placement) == ["to_be_told", "told", "gone_there"]
    else:
        assert (placement.status, placement.confirmed_by) == (P.CONFIRMED, "fetch")
        assert outlets.ledger(placement) == ["to_be_told", "told", "seen_gone"]


@pytest.mark.parametrize("channel", [Channel.MASTODON, Channel.BLUESKY])
def test_a_picture_goes_along_with_its_description(
    desk, ready, provider, channel, tmp_path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    OUTLETS[channel](provider)
    live = outlets.publish(desk, ready)
    content = ready.contents.latest("number")
    picture = Picture.objects.create(
        appeal=ready,
        stored_name=storage.keep(b"\xff\xd8 a picture", folder="pictures"),
        content_type="image/jpeg",
        width=10,
        height=10,
        made_at=ready.requested_at,
    )
    type(content).objects.filter(pk=content.pk).update(picture=picture, alt_text="Robin in a red coat")
    placement = outlets.of(live, channel)
    placement.shown["en"]["alt_text"] = "Robin in a red coat"
    placement.save(update_fields=["shown"])
    delivery.send_appeal(live.pk)
    assert [post["alt_text"] for post in provider.posts()] == ["Robin in a red coat"]


@pytest.mark.parametrize("channel", OUTLETS)
@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.FAULT_AFTER])
def test_what_was_taken_without_an_answer_is_found_and_not_posted_twice(
    desk, ready, provider, channel, kind
) -> None:
    OUTLETS[channel](provider)
    live = outlets.publish(desk, ready)
    if channel == Channel.BLUESKY:  # signed in by an earlier post
        provider.break_(kind, to=channel, times=2)
    else:
        provider.break_(kind, to="partner" if channel == Channel.WEBHOOK else channel, times=1)
    for _ in range(4):
        delivery.send_appeal(live.pk)
        outlets.make_due(live)
    assert outlets.of(live, channel).status == P.LIVE
    assert len(provider.posts()) == 1


@pytest.mark.parametrize("channel", OUTLETS)
def test_a_takedown_that_says_yes_and_shows_it_still_is_seen_and_told_again(
    desk, ready, provider, channel
) -> None:
    OUTLETS[channel](provider)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    provider.break_(FaultKind.POST_STAYS, times=1)
    outlets.withdraw(desk, live)
    delivery.tell_outlets(live.pk)
    placement = outlets.of(live, channel)
    assert (placement.status, placement.still_shown_at is not None) == (P.TOLD, True)
    assert outlets.ledger(placement)[-1] == "still_shown"
    outlets.make_due(live)
    delivery.tell_due()
    placement.refresh_from_db()
    assert not any(post["shown"] for post in provider.posts())
    assert outlets.ledger(placement)[-2] == "told_again"
    assert placement.status == (P.TOLD if channel == Channel.MASTODON else P.CONFIRMED)


def test_a_sign_in_that_is_over_is_made_anew(desk, ready, provider) -> None:
    outlet = outlets.bluesky(provider)
    live = outlets.publish(desk, ready)
    stale = bluesky._Session("did:web:harbour.example", "nonsense", float("inf"))
    bluesky._sessions[outlet.address, outlet.account] = stale
    delivery.send_appeal(live.pk)
    assert outlets.of(live, Channel.BLUESKY).status == P.LIVE


@pytest.mark.parametrize(
    ("make", "wrong", "code"),
    [
        (outlets.mastodon, {"secret": "nonsense"}, "401"),
        (outlets.bluesky, {"secret": "nonsense"}, "401"),
        (outlets.partner, {"secret": "whsec_bm9uc2Vuc2U="}, "401"),
        (outlets.partner, {"secret": "whsec_?"}, "no_secret"),
        (outlets.partner, {"address": "https://10.0.0.1/hook"}, "not_allowed"),
        (outlets.partner, {"address": ""}, "not_allowed"),
    ],
)
def test_an_outlet_that_is_set_up_wrongly_fails_for_good_and_says_how(
    desk, ready, provider, make, wrong, code
) -> None:
    make(provider, **wrong)
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    placement = outlets.called(live).get()
    assert (placement.status, placement.problem, placement.next_at) == (P.FAILED, code, None)


def shown(**given) -> Published:
    values = {
        "reference": "AP-1",
        "language": "en",
        "name": "Robin Moor",
        "first_name": "Robin",
        "age": 46,
        "missing_since": "2026-11-26",
        "area": "Camden",
        "headline": "",
        "description": "Robin has short brown hair. " * 40,
        "clothing": "A red coat.",
        "alt_text": "",
    }
    return Published.from_json(values | given)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    ("longest", "counts"), [(mastodon.LONGEST, mastodon._ADDRESS_COUNTS), (bluesky.LONGEST, None)]
)
def test_a_post_keeps_to_its_length_and_keeps_what_matters(language, longest, counts) -> None:
    page = "https://help.example.org/appeals/0123456789abcdef/"
    text = texts.post(shown(language=language), page, longest=longest, page_counts=counts)
    assert len(text) - len(page) + (counts or len(page)) <= longest
    for words in ("Robin Moor, 46, Camden", "116 000", "999", page, "Robin has short brown hair."):
        assert words in text
    assert "2026" in text


def test_a_short_appeal_is_told_whole_and_without_what_nobody_knows() -> None:
    text = texts.post(shown(description="Tall.", age=None), "https://x.example/", longest=500)
    assert "Tall. A red coat." in text
    assert "Robin Moor, Camden" in text


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("One. Two three.", 15, "One. Two three."),
        ("One. Two three.", 10, "One."),
        ("One two three", 9, "One two…"),
        ("Onetwothree", 5, ""),
        ("One", -3, ""),
    ],
)
def test_a_text_is_shortened_by_whole_sentences_or_words(text, longest, short) -> None:
    assert texts.shortened(text, longest) == short
    assert len(short) <= max(longest, 0)


def test_a_partner_that_answers_strangely_is_taken_to_have_said_nothing() -> None:
    for body in (b"", b"[]", b'{"url": 5}', b'{"url": "ftp://x"}', b'{"url": "https://' + b"x" * 600 + b'"}'):
        answer = type("Answer", (), {"body": body})()
        assert webhook._answered(answer).remote_url == ""
