"""Nothing of person, incident or publicity record reaches the public but what is published.

A marker is planted in every text of every record that the appeal hangs on, outside the allow-list, and then
everything that the public can fetch is fetched. A channel adds a collector: it takes a live appeal and
returns the bytes of everything it lets out.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone

from appeals import services
from appeals.addresses import confirm_address
from appeals.channels.media_email import publication, withdrawal
from appeals.delivery.claims import job_of
from appeals.delivery.enclosing import with_publication
from appeals.enums import Channel
from appeals.models import Appeal, Publication, Wording
from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.smtp import written
from missingcases.models import Incident, MissingPerson
from missingcases.services import add_note, set_flag
from tests.appeals import making
from tests.appeals.public.photos import live_with_photo
from tests.appeals.readers.conftest import reader

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
MARK = "Zyxmarker"
READERS, PLAYLIST = ("media_feed", "billboard"), "/players/playlist"
# The allow-list (domain.md section 3), and what is no text of anybody's: codes, references, the token.
SHOWN: dict[str, set[str]] = {
    "Incident": {"reference"},
    "MissingPerson": {"reference"},
    "Appeal": {"reference", "token", "page"},
    "Content": {"first_name", "alt_text", "alt_text_cy"},
    "Wording": {"headline", "description", "clothing"},
    "Publication": {"words"},
    "Placement": {"reference"},
    "Picture": {"stored_name"},
    "Photo": {"stored_name"},
}
Collector = Callable[[Appeal], Iterable[bytes]]


def public_pages(appeal: Appeal) -> Iterator[bytes]:
    """Every page, made anew and finished, with its headers."""
    client = Client()
    for part in ("", "cy/", "easy/", "seen/"):
        answer = client.get(f"/appeals/{appeal.token}/{part}")
        yield answer.content
        yield str(answer.headers).encode()
    for address in ("/appeals/", "/appeals/?q=robin", "/appeals/in/E09000007/", "/appeals/?q=nobody"):
        yield client.get(address).content
    publication = Publication.objects.get(appeal=appeal)
    yield json.dumps([publication.page, publication.shown]).encode()
    yield publication.words.encode()


def public_files(appeal: Appeal) -> Iterator[bytes]:
    """Every picture and poster that the page leads to: as it is, and what a PDF has packed."""
    client = Client()
    page = client.get(f"/appeals/{appeal.token}/").content.decode()
    for address in sorted(set(re.findall(r"/pictures/[^\s\"]+", page))):
        content = b"".join(client.get(address).streaming_content)
        yield content
        for packed in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                yield zlib.decompress(packed)
            except zlib.error:
                continue


def outlets_reads(appeal: Appeal) -> Iterator[bytes]:
    """The feeds and the playlist, with their headers; and once it is gone."""
    feed, board = (f"{name}-{'k' * 40}" for name in READERS)
    client = Client()
    for _ in range(2):
        for path, token in (("/outlets/feed.atom", feed), ("/outlets/feed.json", feed), (PLAYLIST, board)):
            answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 200
            yield answer.content
            yield str(answer.headers).encode()
        Appeal.objects.filter(pk=appeal.pk).update(expires_at=timezone.now())
    for placement in appeal.placements.all():
        address = confirm_address(placement.reference)
        yield address.encode()
        yield client.get("/" + address.split("/", 3)[3]).content


def letters(appeal: Appeal) -> Iterator[bytes]:
    """E-mail to media partners as it leaves the house, with what it carries, and what ends it."""
    placement = appeal.placements.filter(outlet__channel=Channel.MEDIA_EMAIL).latest("pk")
    job = job_of(placement.pk)
    enclosed = with_publication(placement.pk)
    assert len(enclosed.pictures) == 1
    for letter, goes_along in ((publication(job), enclosed), (withdrawal(job), None)):
        outgoing = Outgoing(
            reference="m1", to="a@b.example", body=letter.body, subject=letter.subject, enclosed=goes_along
        )
        message = written(outgoing).message()
        yield message.as_bytes()
        for part in message.walk():
            yield part.get_payload(decode=True) or b""


COLLECTORS: tuple[Collector, ...] = (public_pages, public_files, outlets_reads, letters)


def planted(row: models.Model, numbers: Iterator[int]) -> dict[str, str]:
    """A marker of its own in each text of a row that has room for it; returns them by field."""
    found = {}
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.TextField | models.CharField) and not field.choices
        room = getattr(field, "max_length", None) or 1000
        is_free = field.name not in SHOWN.get(type(row).__name__, set())
        if is_text and is_free and room >= len(MARK) + 5:
            found[field.name] = f"{MARK}{next(numbers)}q"
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**found)
    except DatabaseError:  # a record that cannot be changed, or holds no free text
        return {}
    return {f"{row._meta.label}.{name}": mark for name, mark in found.items()}


def records_of(incident: Incident, appeal: Appeal) -> Iterator[models.Model]:
    """Every row that hangs on the person, the incident or the appeal."""
    roots = {Incident: incident.pk, MissingPerson: incident.person_id, Appeal: appeal.pk}
    yield from (incident, incident.person, appeal)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if model._meta.managed and field.is_relation and field.related_model in roots:
                yield from model._default_manager.filter(**{field.name: roots[field.related_model]})


@pytest.fixture
def marked(desk, incident, settings, tmp_path) -> tuple[Appeal, dict[str, str]]:
    settings.MEDIA_ROOT = str(tmp_path)
    for channel in READERS:
        reader(channel, channel)
    making.outlet(Channel.MEDIA_EMAIL, address="editor@news.example")
    appeal = live_with_photo(desk, incident)
    numbers = iter(range(1, 10_000))
    marks: dict[str, str] = {}
    add_note(actor=desk.officer, incident_id=incident.pk, text="A note.", audience="everyone")
    set_flag(actor=desk.officer, incident_id=incident.pk, kind="cse", status="suspected", source="A word.")
    for row in list(records_of(incident, appeal)):
        marks |= planted(row, numbers)
    tailored = f"{MARK}{next(numbers)}q"
    content = appeal.contents.latest("number")
    Wording.objects.create(content=content, audience="social", description=tailored)
    # Published anew from the marked records: what is not copied cannot have been copied before.
    services.pause(actor=desk.publicity, appeal_id=appeal.pk, reason=f"{MARK}0q")
    services.resume(actor=desk.publicity, appeal_id=appeal.pk)
    services.clear_files(appeal.pk)
    services.make_public_files(appeal.pk)
    return appeal, marks | {"wording for others": tailored}


def test_markers_are_planted_in_enough_places(marked) -> None:
    _, marks = marked
    named = {name.split(".")[1] for name in marks if "." in name}
    assert {"Incident", "MissingPerson", "Appeal", "Content", "Consent", "PartyView", "Note", "Flag"} <= named
    assert len(marks) > 40


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda one: one.__name__)
def test_no_byte_of_a_channel_holds_what_is_not_published(marked, collector: Collector) -> None:
    appeal, marks = marked
    collected = list(collector(appeal))
    assert any(b"Robin" in one or one.startswith((b"\xff\xd8", b"\x89PNG", b"%PDF")) for one in collected)
    held = {name for name, mark in marks.items() if any(mark.encode() in one for one in collected)}
    assert held == set()
