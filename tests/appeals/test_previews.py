"""A version as each channel shows it: the bytes of what is published, in frames that can do nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from appeals import previews
from appeals.delivery.claims import job_of
from appeals.delivery.enclosing import with_publication
from appeals.enums import Channel
from appeals.models import Appeal, Content, Placement, Publication, Wording
from appeals.public.outlets.reading import FEED_PICTURE
from appeals.services import renditions
from tests.appeals import making, outlets
from tests.appeals.public.photos import live_with_photo
from tests.appeals.readers.conftest import Reader, reader

pytestmark = pytest.mark.django_db
MARK = re.compile(
    r'<base target="_blank">|<p class="govuk-body" lang="en-GB"><strong class="govuk-tag">Preview: .*?</p>'
)


@pytest.fixture
def feed() -> Reader:
    return reader(Channel.MEDIA_FEED, "feed")


@pytest.fixture
def published(settings, tmp_path, desk, incident, feed) -> Appeal:
    """In both languages, with its picture, on our website, in a feed and in the post."""
    settings.MEDIA_ROOT = str(tmp_path)
    outlets.media()
    return live_with_photo(desk, incident)


@pytest.fixture
def content(published: Appeal) -> Content:
    return published.contents.select_related("appeal", "picture", "area").latest("number")


def get(member: Any, appeal: Appeal, name: str, *args: object, query: str = "") -> Any:
    address = reverse(f"appeals:{name}", args=[appeal.reference, *args])
    return member.sign_in(Client()).get(address + query)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_is_the_page_that_is_published_but_for_its_mark(published, content, language) -> None:
    made = Publication.objects.get(appeal=published).page[language]
    assert MARK.sub("", previews.page(content, language)) == previews.as_seen_here(made, content)
    assert "/pictures/" not in previews.page(content, language)
    assert len(MARK.findall(previews.page(content, language))) == 2
    assert MARK.findall(made) == []


def test_the_letter_is_the_letter_that_is_sent(published, content) -> None:
    placement = outlets.of(published, Channel.MEDIA_EMAIL)
    sent = with_publication(placement.pk)
    (picture,) = sent.pictures
    ours = reverse("appeals:proof", args=[published.reference, content.number, FEED_PICTURE])
    # A preview is of no placement yet.
    html = sent.html.replace(placement.reference, previews.NO_PLACEMENT)
    assert previews.letter(content, "en") == html.replace(f"cid:{picture.cid}", ours)
    (media,) = [one for one in previews.previews_of(content) if one.key == "media"]
    job = replace(job_of(placement.pk), reference=previews.NO_PLACEMENT)
    assert media.shown[0].letter == previews.publication(job)


def test_the_entry_is_the_entry_that_is_read(published, content, feed) -> None:
    placement = outlets.of(published, Channel.MEDIA_FEED)
    entry = previews.entry(content, "en")
    with override_settings(ROOT_URLCONF="config.public_urls"):
        told = feed.feed("atom").content.decode(), feed.feed("json").json()["items"][0]
    stamps = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\.\d+\.[\w-]{22}\.")

    def alike(words: str) -> str:
        return stamps.sub("~", words).replace(placement.reference, previews.NO_PLACEMENT)

    assert alike(entry.atom) in alike(told[0])
    assert json.loads(alike(entry.json)) == json.loads(alike(json.dumps(told[1])))


def test_files_are_the_files_that_are_published(published, content) -> None:
    for row in content.renditions.exclude(content_type="application/pdf"):
        kept = renditions.proof(content, row.kind)
        assert kept == renditions.drawn(content, row.kind)
        assert (len(kept[0]), kept[1]) == (row.size, row.content_type)
    assert {one.kind for one in renditions.foreseen(content)} | {"landscape", "portrait", "six-sheet"} == {
        row.kind for row in content.renditions.all()
    }


def test_both_sides_see_every_channel_and_other_forces_none(
    published, content, met_supervisor, publicity_officer, kent_officer
) -> None:
    for member in (met_supervisor, publicity_officer):
        html = get(member, published, "preview").content.decode()
        frames = re.findall(r'<iframe[^>]*src="([^"]+)"', html)
        assert len(frames) == 5  # the page and the letter in two languages, the entry
        pictures = re.findall(r'<img class="hb-drawn__picture" src="([^"]+)"', html)
        assert len(pictures) == 4
        client = member.sign_in(Client())
        for address in frames:
            answer = client.get(unescape(address))
            assert answer.status_code == 200
            assert answer["X-Frame-Options"] == "SAMEORIGIN"
            assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
            assert "sandbox allow-same-origin" in answer["Content-Security-Policy"]
            assert "Robin" in answer.content.decode()
            for ours in set(re.findall(r'src="(/appeals/[^"]+)"', answer.content.decode())):
                assert client.get(ours).status_code == 200
    for name, more in (("frame", ("page", "en")), ("proof", ("landscape",)), ("preview_of", ())):
        assert get(kent_officer, published, name, content.number, *more).status_code == 404


def test_what_there_is_not_is_404(published, content, publicity_officer) -> None:
    number = content.number
    for more in (("page", "fr"), ("flyer", "en"), ("letter", "fr"), ("entry", "fr")):
        assert get(publicity_officer, published, "frame", number, *more).status_code == 404
    assert get(publicity_officer, published, "frame", 99, "page", "en").status_code == 404
    assert get(publicity_officer, published, "preview_of", 99).status_code == 404


def test_an_earlier_version_is_shown_as_it_was(published, content, publicity_officer) -> None:
    Wording.objects.filter(content=content).update(description="Now in a blue hat.")
    before = get(publicity_officer, published, "frame", 1, "page", "en").content.decode()
    assert "Now in a blue hat." not in before
    assert "hb-appeal__photo" not in before
    assert (
        "Now in a blue hat." in get(publicity_officer, published, "frame", 2, "page", "en").content.decode()
    )


def test_words_for_a_region_are_seen_as_its_outlets_have_them(published, content, publicity_officer) -> None:
    region = making.area()
    Wording.objects.create(
        content=content,
        audience="social",
        language="en",
        region=region,
        headline="Camden, seen him?",
    )
    plain = get(publicity_officer, published, "preview").content.decode()
    assert "Camden, seen him?" not in plain
    assert f'href="?region={region.pk}"' in plain
    there = get(publicity_officer, published, "preview", query=f"?region={region.pk}").content.decode()
    assert "Camden, seen him?" in there
    assert get(publicity_officer, published, "preview", query="?region=x").status_code == 200


def test_a_post_says_how_long_its_network_takes_it_to_be(content) -> None:
    (social,) = [one for one in previews.previews_of(content) if one.key == "social"]
    for shown in social.shown:
        for post in shown.posts:
            assert 0 < post.counted <= post.longest


def test_what_is_too_long_to_draw_says_so_and_leaves_the_rest(desk, appeal, met_supervisor) -> None:
    Wording.objects.filter(content__appeal=appeal).update(description="Seen by the harbour. " * 60)
    html = get(met_supervisor, appeal, "preview").content.decode()
    assert "It cannot be drawn:" in html
    assert "hb-drawn__picture" not in html
    page = get(met_supervisor, appeal, "frame", 1, "page", "en").content.decode()
    assert "poster" not in page.lower()


def test_markup_in_words_is_words_in_every_frame(desk, appeal, met_supervisor) -> None:
    evil = "<script>alert(1)</script>"
    Wording.objects.filter(content__appeal=appeal).update(description=evil, headline=evil)
    shown = [get(met_supervisor, appeal, "frame", 1, what, "en") for what in ("page", "letter", "entry")]
    for answer in (get(met_supervisor, appeal, "preview"), *shown):
        html = answer.content.decode()
        assert evil not in html
        assert "&lt;script&gt;" in html


def test_a_preview_keeps_nothing(desk, appeal, met_supervisor) -> None:
    get(met_supervisor, appeal, "preview")
    get(met_supervisor, appeal, "frame", 1, "page", "en")
    get(met_supervisor, appeal, "proof", 1, "landscape")
    assert not Placement.objects.exists()
    assert not Publication.objects.exists()
    assert not appeal.contents.get().renditions.exists()
