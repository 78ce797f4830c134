"""Automatic sharing as its people decide it, and what the charity is asked about an appeal that left."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.contributions import publicity_work
from appeals.enums import Sharing
from appeals.models import Appeal, FeedEntry, SharingPolicy
from tests.appeals.feeds import written
from tests.appeals.feeds.test_reading import ITEM, read
from tests.appeals.test_pages import page

pytestmark = pytest.mark.django_db
FEED = "https://93.184.215.14/appeals.atom"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_inspector_switches_it_on_and_off_for_their_own_force(met_inspector, met, kent) -> None:
    led = page(met_inspector, "sharing")
    assert led.status_code == 302
    assert "Not decided yet." in words(page(met_inspector, "force", met.code))
    given = {"sharing": "draft", "feed_url": FEED, "kind": "standard", "version": 0}
    done = words(page(met_inspector, "force_change", met.code, data=given))
    assert "It is saved." in done
    assert FEED in done
    assert "Not read yet." in done
    # From a page that was opened before: both sides are shown, and what was chosen is kept.
    stale = page(met_inspector, "force_change", met.code, data=given | {"sharing": "off"})
    assert stale.status_code == 422
    assert "Somebody else" in words(stale)
    version = SharingPolicy.objects.get().version
    page(met_inspector, "force_change", met.code, data=given | {"sharing": "off", "version": version})
    assert SharingPolicy.objects.get().sharing == Sharing.OFF
    assert page(met_inspector, "force", kent.code).status_code == 404
    assert page(met_inspector, "force_change", kent.code).status_code == 404


def test_a_wrong_address_is_said_beside_its_question_and_nothing_is_lost(met_inspector, met) -> None:
    given = {"sharing": "draft", "feed_url": "http://example.org/feed", "kind": "poster", "version": 0}
    refused = page(met_inspector, "force_change", met.code, data=given)
    assert refused.status_code == 422
    assert "Enter an address that starts with https://" in words(refused)
    assert "http://example.org/feed" in words(refused)
    assert not SharingPolicy.objects.exists()


def test_the_desk_sees_every_force_and_others_none(
    publicity_officer, met_officer, met_supervisor, met, kent
) -> None:
    SharingPolicy.objects.create(organisation=kent, sharing=Sharing.OFF, feed_url=FEED)
    listing = words(page(publicity_officer, "sharing"))
    for shown in (met.name, kent.name, "Not decided yet", "Not taken", "Not read"):
        assert shown in listing
    assert kent.name in words(page(publicity_officer, "force", kent.code))
    assert "Automatic sharing" in words(page(publicity_officer, "listing"))
    for nobody in (met_officer, met_supervisor):
        assert page(nobody, "sharing").status_code == 403
        assert page(nobody, "force", met.code).status_code == 403
        assert "Automatic sharing" not in words(page(nobody, "listing"))


def test_what_was_wrong_at_the_last_reading_is_said_in_words(
    policy, server, incident, publicity_officer, met
) -> None:
    server.body = written.atom(
        written.entry("1", written.part(incident.reference, area="E99999999")),
        written.entry("", written.part(incident.reference)),
        written.entry("<script>alert(1)</script>", written.part("MI-NOWHERE")),
    )
    read(policy)
    shown = words(page(publicity_officer, "force", met.code))
    for said in (
        "It held 3 items.",
        "There is no area with this code.",
        "Without an id",
        "No open incident of your force has this reference.",
        "&lt;script&gt;",
    ):
        assert said in shown
    assert "<script>alert" not in shown
    assert "3 could not be taken" in words(page(publicity_officer, "sharing"))
    server.stop()
    read(policy)
    shown = words(page(publicity_officer, "force", met.code))
    assert "It could not be connected to. We try again by ourselves." in shown
    assert "Cannot be read" in words(page(publicity_officer, "sharing"))


def test_what_left_the_feed_waits_for_the_charity_once_until_it_is_answered(
    policy, server, incident, publicity_officer, met_officer, desk
) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    appeal = Appeal.objects.get()
    before = publicity_work(desk.publicity)
    server.body = written.atom(deleted=(ITEM,))
    read(policy)
    after = publicity_work(desk.publicity)
    assert (before.count, after.count) == (1, 1)
    assert after.items[0].words == f"The force's feed dropped appeal {appeal.reference}"
    client = publicity_officer.sign_in(Client())
    assert appeal.reference in words(client.get(reverse("appeals:listing") + "?show=feed"))
    assert "Keep it" in words(page(publicity_officer, "show", appeal.reference))
    theirs = words(page(met_officer, "show", appeal.reference))
    assert "feed says that this appeal is gone" in theirs
    assert "Keep it" not in theirs
    given = {"reason": "", "version": appeal.version}
    refused = page(publicity_officer, "keep", appeal.reference, data=given)
    assert refused.status_code == 422
    page(publicity_officer, "keep", appeal.reference, data=given | {"reason": "They still look."})
    assert FeedEntry.objects.get().kept_at is not None
    assert "They still look." in words(page(publicity_officer, "show", appeal.reference))
    assert publicity_work(desk.publicity).items[0].words == f"Take up appeal {appeal.reference}"
    assert page(met_officer, "keep", appeal.reference).status_code == 403


def test_nobody_is_asked_to_keep_what_nobody_dropped(appeal, publicity_officer) -> None:
    assert "Nobody asks for this appeal to be withdrawn." in words(
        page(publicity_officer, "keep", appeal.reference)
    )
    FeedEntry.objects.create(appeal=appeal, taken_at=timezone.now())
    assert "carry this appeal any more" not in words(page(publicity_officer, "show", appeal.reference))
