"""The picture in an e-mail to a media partner: published, small enough, read as it leaves, nowhere copied."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from appeals import delivery, services
from appeals.channels.base import Job
from appeals.delivery import enclosing
from appeals.enums import Channel, PlacementStatus
from appeals.models import Appeal, Placement, Rendition
from foundation.files import storage
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Message
from foundation.sandbox.control import Control
from foundation.sandbox.models import MailPicture
from tests.appeals import outlets
from tests.appeals.public.photos import HOME, live_with_photo
from tests.appeals.test_media_email import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, tmp_path, desk, incident, provider: Control) -> Appeal:
    """With a picture; its letter is queued."""
    settings.MEDIA_ROOT = str(tmp_path)
    outlets.media()
    live = live_with_photo(desk, incident)
    delivery.send_appeal(live.pk)
    return live


def the_mail(provider: Control) -> dict[str, Any]:
    (mail,) = provider.mails(to=outlets.EDITOR)
    return mail


def test_it_is_shown_in_the_letter_with_its_alternative_and_the_text_says_so(written, provider) -> None:
    post()
    mail = the_mail(provider)
    (picture,) = mail["pictures"]
    assert (picture["name"], picture["content_type"]) == (f"{written.reference}.jpg", "image/jpeg")
    assert f'<img src="cid:{picture["cid"]}" alt="Robin, smiling, by the sea"' in mail["html"]
    assert "attached. For people who cannot see it: Robin, smiling, by the sea" in mail["plain"]
    for words in ("Robin", "short brown hair", "A red coat.", "116 000", written.reference):
        assert words in mail["html"]
        assert words in mail["plain"]
    for part in (mail["html"], mail["plain"]):
        assert "We cannot call an attached picture back" in part
    data = bytes(MailPicture.objects.get().data)
    assert data == services.renditions.bytes_of(written.contents.latest("number"), ["size960"], most=10**7)
    with Image.open(io.BytesIO(data)) as opened:
        assert not opened.getexif()
        assert opened.width <= 960
    assert HOME.encode() not in data


def test_it_waits_in_no_row_and_no_task(written) -> None:
    message = Message.objects.get()
    assert "JFIF" not in message.body
    assert "<img" not in message.body


def test_the_letter_that_ends_it_carries_none_and_says_to_delete_it(desk, written, provider) -> None:
    post()
    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    post()
    ended = provider.mails(to=outlets.EDITOR)[1]
    assert ended["pictures"] == []
    assert ended["html"] == ""
    assert "Delete the picture that came with our e-mail too" in ended["plain"]


def test_a_smaller_size_goes_where_the_largest_is_too_large(written, provider, monkeypatch) -> None:
    sizes = dict(Rendition.objects.filter(kind__startswith="size").values_list("kind", "size"))
    monkeypatch.setattr(enclosing, "LARGEST_PICTURE", sizes["size640"])
    post()
    assert len(bytes(MailPicture.objects.get().data)) == sizes["size640"]


def test_none_goes_where_every_size_is_too_large(written, provider, monkeypatch) -> None:
    monkeypatch.setattr(enclosing, "LARGEST_PICTURE", 10)
    post()
    assert the_mail(provider)["pictures"] == []
    assert "<img" not in the_mail(provider)["html"]


def test_one_that_no_worker_made_yet_is_made_as_the_letter_leaves(written, provider) -> None:
    for row in Rendition.objects.all():
        storage.delete(row.stored_name)
        row.delete()
    post()
    assert len(the_mail(provider)["pictures"]) == 1


def test_one_whose_file_is_gone_keeps_nobody_from_hearing(written, provider) -> None:
    for row in Rendition.objects.filter(kind__startswith="size"):
        storage.delete(row.stored_name)
    post()
    assert the_mail(provider)["pictures"] == []


def test_who_is_found_before_it_leaves_is_in_no_mailbox(desk, written, provider) -> None:
    outlets.withdraw(desk, written)
    post()
    assert provider.mails() == []
    assert not MailPicture.objects.exists()


def test_where_it_cannot_be_read_nothing_has_left_and_it_is_tried_again(
    written, provider, monkeypatch
) -> None:
    Placement.objects.update(shown={})
    post()
    assert provider.mails() == []
    message = Message.objects.get()
    assert (message.status, message.log.latest("pk").code) == (MessageStatus.QUEUED, "enclosed")
    shown = services.publications.shown_for(written.contents.latest("number"), audience="media")
    Placement.objects.update(shown=shown)
    post()
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == PlacementStatus.LIVE


def test_markup_in_words_is_words(written) -> None:
    job = enclosing.job_of(outlets.of(written, Channel.MEDIA_EMAIL).pk)
    evil = {name: {**one, "headline": "<script>x</script>"} for name, one in job.shown.items()}
    given = {name: getattr(job, name) for name in Job.__slots__} | {"shown": evil}
    html = enclosing.media_email.enclosed(Job(**given), None).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
