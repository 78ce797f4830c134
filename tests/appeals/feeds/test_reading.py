"""A force's feed is read on a clock: what is new is a draft, what changed a version, what left a question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from appeals import feeds, selectors, services
from appeals.enums import AppealStatus, Origin, Sharing
from appeals.feeds.documents import MOST_ITEMS
from appeals.models import Appeal, FeedEntry, SharingPolicy
from foundation.audit.models import AuditEvent
from tests.appeals import making
from tests.appeals.feeds import written
from tests.appeals.test_sharing import numbers, sent
from tests.missingcases.making import located

pytestmark = pytest.mark.django_db
ITEM = "tag:met.example,2026:1"
S = AppealStatus


def read(policy: SharingPolicy) -> SharingPolicy:
    """Read it now, whatever its clock says."""
    SharingPolicy.objects.update(feed_next_at=None)
    feeds.read_feeds()
    policy.refresh_from_db()
    return policy


def problems(policy: SharingPolicy) -> list[tuple[str, str]]:
    return [(one["item"], one["code"]) for one in policy.feed_problems]


def test_what_the_feed_carries_is_a_draft_for_the_charity_once(policy, server, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.origin, appeal.external_reference) == (S.REQUESTED, Origin.FEED, ITEM)
    assert appeal.request_reason == "The force shares its appeals by its feed."
    assert (policy.feed_items, policy.feed_problems, policy.feed_problem) == (1, [], "")
    assert policy.feed_read_at is not None
    assert policy.feed_next_at - policy.feed_read_at == timedelta(minutes=5)
    read(policy)
    assert numbers(appeal) == [1]
    assert feeds.read_feeds() == 0
    asked = AuditEvent.objects.filter(action="appeals.asked_for").get()
    assert (asked.organisation_id, asked.source) == (incident.owner_id, "appeals.read_force_feeds")


@pytest.mark.parametrize("reference", ["reference", "force_reference"])
def test_the_force_may_name_the_incident_as_we_do_or_as_it_does(policy, server, desk, reference) -> None:
    incident = making.open_incident(desk.officer, desk.supervisor, force_reference="24MIS001")
    server.body = written.rss((ITEM, written.part(getattr(incident, reference))))
    read(policy)
    assert Appeal.objects.get().incident_id == incident.pk


def test_other_content_is_the_next_version_and_the_same_is_asked_for_conditionally(
    policy, server, incident
) -> None:
    server.headers = {"ETag": '"one"', "Last-Modified": "Sat, 28 Nov 2026 10:00:00 GMT"}
    server.body = written.json_feed(written.json_item(ITEM, incident.reference))
    read(policy)
    first = policy.feed_read_at
    read(policy)
    assert (server.asked[1]["if-none-match"], server.asked[1]["if-modified-since"]) == (
        '"one"',
        "Sat, 28 Nov 2026 10:00:00 GMT",
    )
    assert policy.feed_read_at > first
    assert policy.feed_items == 1
    server.headers = {"ETag": '"two"'}
    server.body = written.json_feed(written.json_item(ITEM, incident.reference, clothing="A blue coat."))
    read(policy)
    assert numbers(Appeal.objects.get()) == [1, 2]


def test_what_police_asked_for_already_is_found_and_not_doubled(policy, server, desk, incident) -> None:
    given = making.details(surname="Moor", age=46, missing_since=timezone.localdate())
    appeal = making.asked(desk.officer, incident, content=given)
    server.body = written.one(incident.reference, ITEM, missing_since=timezone.localdate().isoformat())
    read(policy)
    appeal.refresh_from_db()
    assert (Appeal.objects.count(), appeal.external_reference, appeal.origin) == (1, ITEM, Origin.POLICE)


def test_what_a_system_sent_under_the_same_id_is_followed(policy, server, api_client, incident) -> None:
    appeal = sent(api_client, incident, ITEM)
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    assert numbers(appeal) == [1, 2]
    assert FeedEntry.objects.get().appeal_id == appeal.pk


def test_an_appeal_that_left_is_asked_about_and_not_withdrawn(policy, server, desk, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    appeal = Appeal.objects.get()
    for body, deleted in ((written.atom(), False), (written.atom(deleted=(ITEM,)), True)):
        server.body = body
        read(policy)
        entry = FeedEntry.objects.get()
        assert entry.gone_at is not None
        assert entry.deleted is deleted
        assert Appeal.objects.filter(selectors.left_its_feed()).get() == appeal
        appeal.refresh_from_db()
        assert appeal.status == S.REQUESTED
        # It comes back: nobody has to answer any more.
        server.body = written.one(incident.reference, ITEM)
        read(policy)
        assert not Appeal.objects.filter(selectors.left_its_feed()).exists()
    actions = AuditEvent.objects.filter(action__startswith="appeals.").values_list("action", flat=True)
    assert [one for one in actions.order_by("id") if "feed" in one] == [
        "appeals.left_feed",
        "appeals.back_in_feed",
    ] * 2


def test_what_the_charity_keeps_is_not_asked_about_again(policy, server, desk, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    server.body = written.atom()
    read(policy)
    appeal = Appeal.objects.get()
    services.keep_despite_feed(actor=desk.publicity, appeal_id=appeal.pk, reason="They still look.")
    read(policy)
    assert not Appeal.objects.filter(selectors.left_its_feed()).exists()


def test_the_charitys_veto_stands_and_what_is_live_is_not_changed(policy, server, desk, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    appeal = Appeal.objects.get()
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    making.outlet()
    services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)
    server.body = written.one(incident.reference, ITEM, clothing="A blue coat.")
    read(policy)
    assert (problems(policy), numbers(appeal)) == ([(ITEM, "live")], [1])
    services.withdraw_appeal(actor=desk.publicity, appeal_id=appeal.pk, cause="staff", reason="No good.")
    read(policy)
    appeal.refresh_from_db()
    assert (problems(policy), appeal.status) == ([(ITEM, "ended")], S.WITHDRAWN)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"area": "E99999999"}, "area"),
        ({"first_name": "<b>Robin</b>"}, "markup"),
        ({"first_name": ""}, "fields"),
        ({"missing_since": "2999-01-01"}, "fields"),
        ({"kind": "loud"}, "fields"),
    ],
)
def test_an_item_that_cannot_be_taken_is_said_and_keeps_no_other_from_being_taken(
    policy, server, desk, incident, given: dict[str, Any], code: str
) -> None:
    other = making.open_incident(desk.officer, desk.supervisor)
    wrong, right = written.part(incident.reference, **given), written.part(other.reference)
    server.headers = {"ETag": '"one"'}
    server.body = written.atom(written.entry("1", wrong), written.entry("2", right), written.entry("3"))
    read(policy)
    assert problems(policy) == [("1", code), ("3", "no_appeal")]
    assert Appeal.objects.get().incident_id == other.pk
    since = policy.feed_problems[0]["since"]
    # Asked for whole as long as something is wrong: time may have mended it.
    read(policy)
    assert "if-none-match" not in server.asked[1]
    assert policy.feed_problems[0]["since"] == since
    server.body = written.atom(written.entry("1", written.part(incident.reference)))
    read(policy)
    assert (problems(policy), Appeal.objects.count()) == ([], 2)


def test_an_incident_of_another_force_is_answered_like_one_that_is_not_there(
    policy, server, kent_officer, kent_supervisor
) -> None:
    theirs = making.open_incident(kent_officer.actor, kent_supervisor.actor, force_reference="K/1")
    server.body = written.atom(
        *[
            written.entry(str(number), written.part(named))
            for number, named in enumerate(("MI-NOWHERE", theirs.reference, "K/1"))
        ]
    )
    read(policy)
    first, *others = policy.feed_problems
    assert [one | {"item": "", "since": ""} for one in others] == [first | {"item": "", "since": ""}] * 2
    assert first["code"] == "incident"
    assert not Appeal.objects.exists()


def test_one_id_twice_and_none_at_all_are_said(policy, server, incident) -> None:
    part = written.part(incident.reference)
    server.body = written.atom(written.entry("1", part), written.entry("1", part), written.entry("", part))
    read(policy)
    assert problems(policy) == [("1", "twice"), ("", "no_id")]
    assert Appeal.objects.count() == 1


def test_a_feed_that_is_cut_short_takes_nothing_for_gone(policy, server, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    many = [written.entry(f"n{number}") for number in range(MOST_ITEMS + 1)]
    server.body = written.atom(*many)
    read(policy)
    assert ("", "too_many") in problems(policy) or len(policy.feed_problems) == 100
    assert FeedEntry.objects.get().gone_at is None


def test_a_found_person_is_not_asked_for(policy, server, desk, incident) -> None:
    located(desk.officer, incident)
    server.body = written.one(incident.reference, ITEM)
    read(policy)
    assert problems(policy) == [(ITEM, "not_open")]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("sharing", [Sharing.OFF, Sharing.DRAFT])
def test_only_an_address_of_a_force_that_shares_is_read(policy, server, met, sharing) -> None:
    SharingPolicy.objects.update(sharing=sharing, feed_url=server.url if sharing == Sharing.OFF else "")
    read(policy)
    met.is_active = False
    met.save()
    SharingPolicy.objects.update(sharing=Sharing.DRAFT, feed_url=server.url)
    read(policy)
    assert server.asked == []
