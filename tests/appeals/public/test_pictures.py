"""Pictures and posters of an appeal: signed addresses, gone with it, nothing in them but what is seen."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from PIL import Image

from appeals import services
from appeals.models import Appeal, Publication, Rendition, Sighting, Submission
from appeals.public import addresses, pages
from appeals.services.taking import take_submission
from foundation.fields import box
from foundation.files import storage
from missingcases.models import Incident
from tests import worlds
from tests.appeals.public.photos import HOME, files, jpeg
from tests.missingcases.making import located

pytestmark = pytest.mark.urls("config.public_urls")


@pytest.fixture
def any_database(made) -> Iterator[None]:
    with worlds.undone():
        yield


@pytest.fixture
def shown(settings, tmp_path, made, any_database) -> Appeal:
    appeal, media = made
    settings.MEDIA_ROOT = str(shutil.copytree(media, tmp_path / "media"))
    return Appeal.objects.get(pk=appeal)


@pytest.fixture
def incident(shown: Appeal) -> Incident:
    return shown.incident


def picture_addresses(page: str) -> set[str]:
    return set(re.findall(r"/pictures/[^\s\"]+", page))


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_shows_the_photo_in_sizes_and_offers_posters(client, shown) -> None:
    page = client.get(f"/appeals/{shown.token}/").content.decode()
    found = picture_addresses(page)
    kinds = {address.split("/")[3].split(".")[0] for address in found}
    assert kinds == {"size320", "size640", "size960", "share", "poster-a4", "poster-a3"}
    assert 'alt="Robin, smiling, by the sea"' in page
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "no-store, private"
        assert HOME.encode() not in body(answer)


def test_a_photo_tells_nothing_but_what_is_seen(client, shown) -> None:
    with Image.open(io.BytesIO(body(client.get(signed(shown.token))))) as picture:
        assert picture.size == (640, 853)
        assert not picture.getexif()
        assert "comment" not in picture.info


def signed(token: str, kind: str = "size640", now: float | None = None, ending: str = "jpg") -> str:
    return f"/pictures/{token}/{kind}.{addresses.signed_until(token, now)}.{ending}"


def test_an_address_is_good_for_minutes(client, shown) -> None:
    assert client.get(signed(shown.token)).status_code == 200
    assert client.get(signed(shown.token, now=time.time() - 16 * 60)).status_code == 403
    assert client.get(signed(shown.token, now=time.time() + 6 * 60)).status_code == 403


def test_a_forged_address_opens_nothing(client, shown) -> None:
    until = int(time.time()) + 300
    for forged in (
        f"/pictures/{shown.token}/size640.{until}.{'A' * 22}.jpg",
        signed("B" * 16).replace("B" * 16, shown.token),
    ):
        answer = client.get(forged)
        assert answer.status_code == 403
        assert b"Robin" not in answer.content
    assert client.get(signed(shown.token, kind="size641")).status_code == 404
    assert client.get(signed(shown.token, ending="pdf")).status_code == 404
    assert client.get(signed("B" * 16)).status_code == 404


def test_a_key_that_was_rotated_still_opens_what_it_signed(client, shown, settings) -> None:
    before = signed(shown.token)
    settings.FIELD_KEYS = ["bmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmV3ZXItbmU=", *settings.FIELD_KEYS]
    assert client.get(before).status_code == 200


def test_found_means_gone_in_the_same_moment_and_deleted_soon(client, desk, shown, incident) -> None:
    address = signed(shown.token)
    page = f"/appeals/{shown.token}/"
    assert files()
    located(desk.officer, incident)
    assert client.get(address).status_code == 410
    assert client.get(address).content == client.get(page).content
    services.clear_files(shown.pk)
    assert files() == []
    assert not Rendition.objects.exists()


def test_a_lost_task_is_made_up_for(desk, shown, incident: Incident) -> None:
    Publication.objects.update(page={})
    Rendition.objects.filter(kind="size640").delete()
    assert services.make_due_pages() == 1
    assert services.make_due_pages() == 0
    assert Publication.objects.get().page[pages.LOOK] == pages.look()
    located(desk.officer, incident)
    assert services.clear_left_over() == 9
    assert services.clear_left_over() == 0


def test_what_is_made_twice_is_kept_once(shown) -> None:
    before = files()
    services.make_public_files(shown.pk)
    assert files() == before
    assert len(before) == Rendition.objects.count() == 9


def test_a_lost_photo_leaves_the_words(client, shown) -> None:
    for one in Rendition.objects.all():
        storage.delete(one.stored_name)
    assert client.get(signed(shown.token)).status_code == 404
    assert client.get(f"/appeals/{shown.token}/").status_code == 200


@pytest.mark.parametrize(
    ("photo", "result", "is_kept"),
    [
        (jpeg(), "read", True),
        (b"<svg onload=alert(1)>", "photo_refused", False),
        (jpeg()[:900], "photo_refused", False),
    ],
    ids=["a photo", "a script", "cut off"],
)
def test_a_photo_with_a_sighting_is_written_anew_or_refused(shown, redis_url, photo, result, is_kept) -> None:
    told = {
        **{"kind": "sighting", "certainty": "sure", "seen_at": None, "area": None, "place": "Here"},
        **{
            "description": "Seen.",
            "with_whom": "",
            "direction": "",
            "vehicle": "",
            "reference": "SI-AAAAAAAA",
        },
        **{"is_anonymous": True, "name": "", "contact": ""},
    }
    take_submission(token=shown.token, form_key=uuid4(), told=told, photo=photo)
    raw = bytes(Submission.objects.get().photo)
    assert HOME.encode() not in raw
    assert box().decrypt(raw) == photo
    services.read_submissions()
    assert Submission.objects.get().result == result
    sighting = Sighting.objects.get()
    assert sighting.description == "Seen."
    assert bool(sighting.photo_name) is is_kept
    if is_kept:
        assert HOME.encode() not in storage.path_of(sighting.photo_name).read_bytes()
