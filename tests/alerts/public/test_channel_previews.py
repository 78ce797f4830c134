"""What the room shows of each channel is what that channel gets, made by the same functions."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import escape

import pytest
from django.urls import reverse
from django.utils import timezone

from alerts.models import Notice
from alerts.public.telling import told_from
from appeals.models import Appeal, Placement
from appeals.services.alerting import details_of
from foundation.channel_previews import ChannelPreview, alert_previews
from foundation.clock import in_london
from tests.alerts.making import proposed, room_of_the_cast
from tests.alerts.public import making
from tests.alerts.public.channels import issue
from tests.appeals import outlets

pytestmark = pytest.mark.django_db
_VARIES = re.compile(r"AP-[A-Z0-9]{8}|PL-[A-Z0-9]{8}")


def previews(alert) -> dict[str, ChannelPreview]:
    told = told_from(
        alert,
        alert.contents.first(),
        alert.areas.values_list("area_id", flat=True),
        notice_id=0,
        expires_at=alert.expires_at or timezone.now(),
    )
    return {one.key: one for one in alert_previews(told)}


def same(shown: str) -> str:
    return _VARIES.sub("REF", " ".join(shown.split()))


@pytest.mark.urls("config.public_urls")
def test_posts_letter_and_feed_are_what_goes_out(out, networks, feed) -> None:
    before = (Appeal.objects.count(), Placement.objects.count(), Notice.objects.count())
    shown = previews(out)
    assert (Appeal.objects.count(), Placement.objects.count(), Notice.objects.count()) == before
    issue(out)
    (mail,) = networks.mails(to=outlets.EDITOR)
    sent = f"{mail['subject']}\n\n{mail['plain']}"
    assert same(shown["letter-en"].words) == same(sent)
    posts = {one["network"]: json.dumps(one, ensure_ascii=False) for one in networks.posts()}
    for key, name in (("mastodon-en", "mastodon"), ("bluesky-en", "bluesky")):
        for line in shown[key].words.splitlines():
            assert json.dumps(line, ensure_ascii=False)[1:-1] in posts[name], key
    entry = feed.feed("json").json()["items"][0]
    foreseen = json.loads(shown["feed"].source.partition("\n\n")[2])
    assert same(json.dumps(foreseen["_harbour"]["words"], sort_keys=True)) == same(
        json.dumps(entry["_harbour"]["words"], sort_keys=True)
    )


def test_the_page_is_the_public_page_and_may_do_nothing(client, out, people) -> None:
    people[3].sign_in(client)
    answer = client.get(reverse("alerts:page_preview", args=[out.reference, "cy"]))
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]
    shown = answer.content.decode()
    assert escape(making.WELSH_HEADLINE) in shown
    assert 'href="/alerts/' not in shown
    assert client.get(reverse("alerts:page_preview", args=[out.reference, "fr"])).status_code == 404
    drawn = client.get(reverse("alerts:drawing", args=[out.reference, "billboard"]))
    assert b"".join(drawn.streaming_content).startswith(b"\x89PNG")
    assert client.get(reverse("alerts:drawing", args=[out.reference, "poster"])).status_code == 404
    room = client.get(reverse("alerts:room", args=[out.reference])).content.decode()
    for words in ("Our public page, Welsh", "Billboard", "Mastodon, English", "Feeds of media partners"):
        assert words in room


def test_only_the_room_sees_them(client, kent_officer) -> None:
    room = room_of_the_cast()
    rehearsal = proposed(room, None)
    kent_officer.sign_in(client)
    for name, what in (("page_preview", "en"), ("drawing", "billboard")):
        assert client.get(reverse(f"alerts:{name}", args=[rehearsal.reference, what])).status_code == 404
    shown = previews(rehearsal)
    assert "A red coat" in shown["letter-en"].words


def test_a_child_whom_nobody_saw_go_is_missing_since_it_was_proposed(out) -> None:
    content = out.contents.first()
    content.last_seen_at = None
    out.proposed_at -= timedelta(days=2)
    told = told_from(out, content, [1], notice_id=0, expires_at=out.expires_at)
    assert details_of(told, with_picture=False).missing_since == in_london(out.proposed_at).date()
