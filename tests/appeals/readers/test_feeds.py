"""Feeds for newsrooms: what they hold, who may read them, and that nothing in them outlives a stop."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from django.utils import timezone

from appeals import services
from appeals.enums import Channel
from appeals.models import Appeal, Placement
from appeals.public.outlets import reading
from missingcases.models import Incident
from tests.appeals import making
from tests.appeals.readers.conftest import reader
from tests.missingcases.making import located

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]
ATOM, TOMBSTONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def tree(answer) -> ElementTree.Element:
    return ElementTree.fromstring(answer.content)


def withdrawn(desk, appeal: Appeal, cause: str = "staff") -> None:
    actor = desk.officer if cause == "police_veto" else desk.publicity
    services.withdraw_appeal(actor=actor, appeal_id=appeal.pk, cause=cause, reason="Asked to.")


def test_a_newsroom_reads_what_is_placed_with_it(shown, desk_feed, settings) -> None:
    settings.IS_PUBLIC_SITE = True
    answer = desk_feed.feed()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    (entry,) = read.entries
    assert entry.title == "Have you seen Robin?"
    assert entry.link.endswith(f"/appeals/{shown.token}/")
    words = entry.content[0].value
    for said in ("Robin", making.DESCRIPTION, "A red coat.", "Camden", "116 000", shown.reference):
        assert said in words
    assert "Robin" not in entry.id + entry.link + read.feed.id


def test_json_says_the_same(shown, desk_feed) -> None:
    told = desk_feed.feed("json").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = told["items"]
    assert item["title"] == "Have you seen Robin?"
    assert "A red coat." in item["content_text"]
    assert item["id"] == feedparser.parse(desk_feed.feed().content).entries[0].id
    assert item["_harbour"]["words"]["en"]["helpline"] == "116 000"
    assert told["_harbour"]["deleted"] == []


def required(element: ElementTree.Element, *names: str) -> None:
    for name in names:
        assert len(element.findall(ATOM + name)) == 1, name


def test_the_feed_keeps_the_rules_of_atom_and_of_tombstones(desk, shown, desk_feed) -> None:
    """RFC 4287 sections 4.1.1 and 4.1.2, RFC 6721 section 3, RFC 5005."""
    feed = tree(desk_feed.feed())
    required(feed, "id", "title", "updated", "author")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "first"}
    (entry,) = feed.findall(f"{ATOM}entry")
    required(entry, "id", "title", "updated", "published", "content")
    assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "xhtml"
    assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]
    withdrawn(desk, shown)
    after = tree(desk_feed.feed())
    assert after.findall(f"{ATOM}entry") == []
    (tombstone,) = after.findall(TOMBSTONE)
    assert set(tombstone.attrib) == {"ref", "when"}
    assert tombstone.get("ref") == entry.findtext(f"{ATOM}id")
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
    for moment in [tombstone.get("when"), *(one.text for one in feed.iter(f"{ATOM}updated"))]:
        assert stamp.fullmatch(moment)


def test_markup_and_odd_signs_are_words(desk, incident, desk_feed) -> None:
    words = 'Robin <script>alert("1")</script> & \x0b friends ]]>'
    appeal = making.asked(desk.officer, incident, content=making.details(description=words, headline="<b>&"))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    answer = desk_feed.feed()
    assert b"<script>" not in answer.content
    assert tree(answer).find(f"{ATOM}entry").findtext(f"{ATOM}title") == "<b>&"
    assert "<script>" in "".join(tree(answer).itertext())


def test_welsh_stands_beside_english(desk, incident, desk_feed) -> None:
    wordings = (
        services.Words(headline="Have you seen Robin?", description="In English."),
        services.Words(headline="Ydych chi wedi gweld Robin?", description="Yn Gymraeg.", language="cy"),
    )
    appeal = making.asked(desk.officer, incident, content=making.details(wordings=wordings))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    parts = {
        one.get("lang"): "".join(one.itertext())
        for one in tree(desk_feed.feed()).iter("{http://www.w3.org/1999/xhtml}div")
        if one.get("lang")
    }
    assert "In English." in parts["en"]
    assert "Yn Gymraeg." in parts["cy"]
    assert "Ar goll ers" in parts["cy"]


def test_an_embargo_is_told_plainly(shown, desk_feed) -> None:
    until = timezone.now() + timedelta(hours=6)
    Placement.objects.filter(outlet=desk_feed.outlet).update(embargo_until=until)
    entry = feedparser.parse(desk_feed.feed().content).entries[0]
    assert entry.title.startswith("EMBARGO until ")
    assert "Not to be published before" in entry.content[0].value
    (tag,) = entry.tags
    assert (tag.label, tag.term[:16]) == ("Embargo", until.isoformat()[:16])
    item = desk_feed.feed("json").json()["items"][0]
    assert item["_harbour"]["embargo_until"][:16] == until.isoformat()[:16]


def test_an_entry_without_a_headline_asks_whether_they_were_seen(shown, desk_feed) -> None:
    placement = desk_feed.placement(shown)
    placement.shown["en"]["headline"] = ""
    placement.save()
    entry = feedparser.parse(desk_feed.feed().content).entries[0]
    assert entry.title == "Have you seen Robin?"
    (item,) = desk_feed.feed("json").json()["items"]
    assert item["title"] == "Have you seen Robin?"
    assert item["content_text"].startswith("Have you seen Robin?\n")
    day = placement.content.missing_since
    assert f"Missing since: {day.day} {day:%B %Y}" in item["content_text"]


def test_one_outlet_sees_nothing_of_another(desk, ready, desk_feed) -> None:
    other = reader(Channel.MEDIA_FEED, "other")
    services.publish_appeal(actor=desk.second, appeal_id=ready.pk, outlet_ids=[desk_feed.outlet.pk])
    assert b"Robin" in desk_feed.feed().content
    assert b"Robin" not in other.feed().content
    assert other.feed("json").json()["items"] == []
    located(desk.officer, ready.incident)
    assert other.feed("json").json()["_harbour"]["deleted"] == []


def test_a_token_opens_its_own_channel_only(shown, desk_feed, board) -> None:
    assert board.feed().status_code == 404
    assert desk_feed.playlist().status_code == 401
    by_token = Client().get("/outlets/feed.atom", headers=desk_feed.bearer)
    assert by_token.status_code == 200
    assert desk_feed.token.encode() not in by_token.content
    assert Client().get("/outlets/feed.atom").status_code == 401
    assert Client().get("/outlets/feed.json", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_a_key_that_was_ended_opens_nothing(shown, desk_feed) -> None:
    tag = desk_feed.feed()["ETag"]
    desk_feed.outlet.token_hash = "of another one"
    desk_feed.outlet.save()
    answer = desk_feed.feed(**{"If-None-Match": tag})
    assert answer.status_code == 404
    assert b"Robin" not in answer.content


@pytest.mark.parametrize("end", ["found", "staff", "consent", "veto", "expired"])
def test_a_tombstone_tells_no_cause(desk, shown, incident: Incident, desk_feed, end) -> None:
    if end == "found":
        located(desk.officer, incident)
    elif end == "expired":
        Appeal.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    else:
        withdrawn(desk, shown, {"staff": "staff", "consent": "consent_withdrawn", "veto": "police_veto"}[end])
    placement = desk_feed.placement(shown)
    answer = desk_feed.feed().content.decode()
    lines = [line for line in answer.splitlines() if "deleted-entry" in line and "<feed" not in line]
    when = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert len(lines) == 1
    assert re.fullmatch(
        rf'<at:deleted-entry ref="tag:[^"]+,2026:{placement.reference}" when="{when}"/>', lines[0]
    )
    assert "Robin" not in answer
    (gone,) = desk_feed.feed("json").json()["_harbour"]["deleted"]
    assert set(gone) == {"id", "when"}


def test_tombstones_stay_for_thirty_days(desk, shown, desk_feed) -> None:
    withdrawn(desk, shown)
    for days, told in ((29, 1), (31, 0)):
        Placement.objects.update(withdraw_from=timezone.now() - timedelta(days=days))
        assert len(tree(desk_feed.feed()).findall(TOMBSTONE)) == told


def test_unchanged_is_said_only_while_it_is(desk, shown, incident, desk_feed) -> None:
    first = desk_feed.feed()
    known = {"If-None-Match": first["ETag"]}
    assert desk_feed.feed(**known).status_code == 304
    assert desk_feed.feed(**known).content == b""
    assert desk_feed.feed(**{"If-None-Match": f'"other", W/{first["ETag"]}'}).status_code == 304
    assert desk_feed.feed("json", **known).status_code == 200
    # The state of the incident decides, whatever became of the placement's own.
    Incident.objects.update(starts_held=True)
    assert desk_feed.feed(**known).status_code == 200
    assert b"Robin" not in desk_feed.feed(**known).content
    Incident.objects.update(starts_held=False)
    assert desk_feed.feed(**known).status_code == 304
    located(desk.officer, incident)
    assert desk_feed.feed(**known).status_code == 200


def test_no_clock_says_that_nothing_changed(shown, desk_feed) -> None:
    answer = desk_feed.feed()
    assert "Last-Modified" not in answer
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert desk_feed.feed(**later).status_code == 200


def test_every_answer_is_signed(shown, desk_feed) -> None:
    told = json.loads(Client().get("/outlets/key").content)["keys"][0]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(told["public_key"]))
    whole = desk_feed.feed()
    unchanged = desk_feed.feed(**{"If-None-Match": whole["ETag"]})
    for answer in (whole, unchanged):
        parts = dict(one.split("=", 1) for one in answer["Harbour-Signature"].split(", "))
        assert parts["key"] == told["key"]
        signed = f"{parts['t']}.{answer['ETag']}.".encode() + answer.content
        public.verify(base64.b64decode(parts["ed25519"]), signed)
        with pytest.raises(InvalidSignature):
            public.verify(base64.b64decode(parts["ed25519"]), signed + b" ")


def test_pages_lead_to_the_end_and_no_further(shown, desk_feed) -> None:
    one = desk_feed.placement(shown)
    for number in range(reading.PAGE):
        copy = Placement.objects.get(pk=one.pk)
        copy.pk, copy.reference = None, f"PL-TEST-{number:04}"
        copy.status, copy.withdraw_from = "told", timezone.now()
        copy.withdrawal_sent_at, copy.change = timezone.now(), number + 1
        copy.save()
    first = tree(desk_feed.feed())
    following = {link.get("rel"): link.get("href") for link in first.findall(f"{ATOM}link")}["next"]
    assert len(first) - 6 == reading.PAGE + 1  # the head has six parts and `next`
    second = desk_feed.feed(query=f"?{following.partition('?')[2]}")
    assert len(tree(second).findall(TOMBSTONE)) == 1
    assert "next" not in {link.get("rel") for link in tree(second).findall(f"{ATOM}link")}
    beyond = desk_feed.feed(query="?before=0.0")
    assert beyond.status_code == 200
    assert feedparser.parse(beyond.content).entries == []


@pytest.mark.parametrize(
    "query", ["?page=10000", "?before=x", "?before=1.2.3", "?before=-1.2", "?before=1.2&x=1"]
)
def test_a_page_that_is_none_is_said_to_be_none(desk_feed, query) -> None:
    answer = desk_feed.feed(query=query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "no_such_page"
