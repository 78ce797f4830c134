"""The public site in Welsh: each page in one language whole, from the first word to the last."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from appeals.models import Appeal
from appeals.public import form_keys
from appeals.public.forms import LARGEST_PHOTO
from foundation.places.models import Area
from tests import worlds
from tests.appeals.public.photos import jpeg
from tests.appeals.public.welsh import said_in_welsh
from tests.config.test_catalogue import read
from tests.missingcases.making import located

pytestmark = pytest.mark.urls("config.public_urls")
OF_THE_SITE = ("/cy/", "/cy/accessibility/", "/cy/privacy/", "/cy/cookies/")
LISTS = ("/cy/appeals/", "/cy/appeals/?q=zz", "/cy/appeals/in/E09000007/", "/cy/appeals/?after=1.AP-7K2M.51")
PARTS = ("cy/", "cy/easy/", "cy/seen/", "cy/seen/?kind=it_is_me")
# No Welsh word is written like these.
ENGLISH = re.compile(r"\b(the|you|your|and|this|what|with|are|please|from|missing|error)\b", re.IGNORECASE)
ANSWERS = {
    "kind": "sighting",
    "description": "Roedd hi'n darllen mewn caffi.",
    "place": "Platfform 4, Caerdydd",
    "certainty": "likely",
    "stays": "anonymous",
}

WRONG = (
    {"description": "", "place": "", "certainty": "", "stays": "reachable"},
    {"description": "x" * 6000, "place": "x" * 300, "kind": "nonsense", "stays": ""},
    {"vehicle": "\x00", "website": "filled", "area": "7", "kind": ""},
    {"seen_at_day": "31", "seen_at_month": "Chwefror", "seen_at_year": "2025", "seen_at_time": "10:00"},
    {"seen_at_day": "31"},
    {"seen_at_day": "40", "seen_at_month": "13", "seen_at_year": "25", "seen_at_time": "noon"},
    {"seen_at_day": "3", "seen_at_month": "13", "seen_at_year": "2025", "seen_at_time": "noon"},
    {"seen_at_day": "3", "seen_at_month": "1", "seen_at_year": "25", "seen_at_time": "noon"},
    {"seen_at_day": "3", "seen_at_month": "1", "seen_at_year": "2025", "seen_at_time": "noon"},
    {"seen_at_day": "3", "seen_at_month": "1", "seen_at_year": "2025", "seen_at_time": "25:00"},
    {"seen_at_day": "3", "seen_at_month": "Mai", "seen_at_year": "2199", "seen_at_time": "10:00"},
    {"seen_at_day": "31", "seen_at_month": "3", "seen_at_year": "2024", "seen_at_time": "01:30"},
    {"seen_at_day": "27", "seen_at_month": "10", "seen_at_year": "2024", "seen_at_time": "01:30"},
)
# English sentences without gaps, which are said otherwise in Welsh.
WHOLE = {said for said, welsh in read().items() if said != welsh and "%" not in said}


@pytest.fixture(autouse=True)
def _empty_counts(redis_url):
    caches["fast"].clear()


@pytest.fixture
def any_database(made) -> Iterator[None]:
    with worlds.undone():
        yield


@pytest.fixture
def shown(settings, tmp_path, made, any_database) -> Appeal:
    appeal, media = made
    settings.MEDIA_ROOT = str(shutil.copytree(media, tmp_path / "media"))
    settings.IS_PUBLIC_SITE = True
    return Appeal.objects.get(pk=appeal)


def english_in(html: str) -> list[str]:
    """What of an English page is said on it in Welsh."""
    places = set(Area.objects.values_list("name", flat=True))
    said = [text for text in said_in_welsh(html) if text not in places]
    return [text for text in said if text in WHOLE or ENGLISH.search(text)]


def require_welsh(answer, status: int = 200) -> None:
    assert answer.status_code == status
    html = answer.content.decode()
    assert re.search('<html lang="cy"', html)
    assert answer["Content-Language"] == "cy"
    assert len(said_in_welsh(html)) > 10
    assert english_in(html) == []


def test_every_page(client, shown) -> None:
    for path in (*OF_THE_SITE, *LISTS, *(f"/appeals/{shown.token}/{part}" for part in PARTS)):
        require_welsh(client.get(path))


def sent(client, shown, *, later: float = 30, **given):
    """The form as a browser sends it in Welsh, some time after it was shown."""
    here = f"/appeals/{shown.token}/cy/seen/"
    key = re.search(r'name="key" value="([^"]+)"', client.get(here).content.decode())[1]
    moment = time.time() + later
    with mock.patch("django.core.signing.time.time", return_value=moment):
        return client.post(here, {**ANSWERS, "key": key, **given})


def test_what_is_wrong_with_an_answer(client, shown) -> None:
    for wrong in WRONG:
        answer = sent(client, shown, **wrong)
        require_welsh(answer)
        assert "govuk-error-message" in answer.content.decode(), wrong


def test_a_form_that_was_open_for_long_or_sent_at_once(client, shown) -> None:
    for later in (1, 90_000):
        answer = sent(client, shown, later=later)
        require_welsh(answer)
        assert "Does dim wedi&#x27;i golli" in answer.content.decode()


def test_a_photo_is_to_be_chosen_again_or_a_smaller_one(client, shown) -> None:
    for content in (jpeg(), b"x" * (LARGEST_PHOTO + 1), b""):
        photo = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
        require_welsh(sent(client, shown, description="", photo=photo))


def test_a_request_that_is_too_large(client, shown) -> None:
    here = f"/appeals/{shown.token}/cy/seen/"
    require_welsh(client.post(here, {}, headers={"content-length": "99000000"}), 413)


def test_more_than_people_could_send(client, shown, monkeypatch) -> None:
    monkeypatch.setattr(form_keys, "MOST_A_MINUTE", 0)
    require_welsh(sent(client, shown), 429)


def test_thanks(client, shown) -> None:
    answer = sent(client, shown)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/appeals/{shown.token}/cy/seen/kept/?r=")
    require_welsh(client.get(answer["Location"]))


def test_gone(client, shown, desk) -> None:
    located(desk.officer, shown.incident)
    for part in PARTS:
        require_welsh(client.get(f"/appeals/{shown.token}/{part}"), 410)


def test_a_page_and_the_same_in_english_lead_to_each_other(client, shown) -> None:
    token = shown.token
    for path in ["/", "/privacy/", "/appeals/", "/appeals/in/E09000007/"]:
        assert f'href="/cy{path}" lang="cy"' in client.get(path).content.decode()
        assert f'href="{path}" lang="en-GB"' in client.get(f"/cy{path}").content.decode()
    for part in ("", "easy/", "seen/"):
        english, welsh = f"/appeals/{token}/{part}", f"/appeals/{token}/cy/{part}"
        assert f'href="{welsh}" lang="cy"' in client.get(english).content.decode()
        assert f'href="{english}" lang="en-GB"' in client.get(welsh).content.decode()


def test_links_of_a_welsh_page_stay_in_welsh(client, shown) -> None:
    ours = {"/embed/helpline", "/robots.txt"}
    for path in ("/cy/", "/cy/appeals/", f"/appeals/{shown.token}/cy/", f"/appeals/{shown.token}/cy/easy/"):
        html = client.get(path).content.decode()
        links = re.findall(r'<a [^>]*?href="(/[^"]*)"(?! lang)', html)
        pages = [one for one in links if not one.startswith("/pictures/")]
        assert len(pages) >= 5
        assert [one for one in pages if "/cy/" not in one and one not in ours] == []


def test_an_appeal_that_is_written_in_english_alone(client, live, settings) -> None:
    settings.IS_PUBLIC_SITE = True
    assert client.get(f"/appeals/{live.token}/cy/").status_code == 404
    assert client.get(f"/appeals/{live.token}/cy/easy/").status_code == 404
    html = client.get(f"/appeals/{live.token}/cy/seen/").content.decode()
    assert f'href="/appeals/{live.token}/" class="govuk-back-link"' in html
    listed = client.get("/cy/appeals/").content.decode()
    assert f'href="/appeals/{live.token}/"' in listed
    assert english_in(listed) == []


def test_english_stays_english_whatever_the_browser_would_like(client, shown) -> None:
    for path in ("/", "/appeals/", f"/appeals/{shown.token}/", f"/appeals/{shown.token}/seen/"):
        html = client.get(path, headers={"accept-language": "cy"}).content.decode()
        assert '<html lang="en-GB"' in html
        assert said_in_welsh(html) in ([], ["Cymraeg"])


def test_english_is_found_where_it_is(client, shown) -> None:
    html = client.get("/").content.decode().replace('lang="en-GB"', 'lang="cy"')
    assert len(english_in(html)) > 10
