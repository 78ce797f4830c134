"""Two who decide at once, two readers at once, and a reader that is killed."""

from __future__ import annotations

import pytest
from django.db import connection

from appeals import feeds, services
from appeals.enums import Sharing
from appeals.feeds import taking
from appeals.feeds.documents import document_of
from appeals.models import Appeal, Content, FeedEntry, SharingPolicy
from foundation.exceptions import Conflict
from missingcases.models import Incident
from tests.appeals import making
from tests.appeals.feeds import written
from tests.appeals.feeds.server import ForceServer
from tests.appeals.feeds.test_deciding import decide
from tests.appeals.feeds.test_reading import ITEM, read
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def test_two_first_decisions_at_once_are_one_and_a_conflict(desk, met) -> None:
    done, told = at_once(
        lambda: decide(desk.inspector, met, "draft", version=0),
        lambda: decide(desk.publicity, met, "off", version=0),
    )
    assert (done, [type(one) for one in told]) == (1, [Conflict])
    assert SharingPolicy.objects.count() == 1


def test_switched_off_while_it_is_read_takes_nothing_more(policy, server, incident, desk) -> None:
    server.body = written.one(incident.reference, ITEM)

    def off() -> None:
        services.set_sharing(
            actor=desk.inspector,
            organisation_id=policy.organisation_id,
            details=services.SharingDetails(Sharing.OFF, feed_url=server.url),
        )
        connection.close()

    server.before = off
    read(policy)
    assert (policy.sharing, policy.feed_read_at, policy.feed_items) == (Sharing.OFF, None, 0)
    assert not Appeal.objects.exists()


def test_another_address_given_while_it_is_read_keeps_what_is_said_of_it(policy, server, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    other = ForceServer(body=written.atom())
    server.before = lambda: SharingPolicy.objects.update(feed_url=other.url, feed_next_at=None) and None
    read(policy)
    other.stop()
    assert not Appeal.objects.exists()
    assert (policy.feed_url, len(other.asked), policy.feed_problem) == (other.url, 1, "")


def two(*incidents: Incident) -> bytes:
    """A feed with an appeal for each."""
    parts = [written.part(incident.reference) for incident in incidents]
    return written.atom(*[written.entry(str(number), part) for number, part in enumerate(parts, 1)])


def test_two_readers_at_once_read_it_once(policy, server, incident) -> None:
    server.body = written.one(incident.reference, ITEM)
    server.seconds = 0.3
    at_once(feeds.read_feeds, feeds.read_feeds)
    assert len(server.asked) == 1
    assert (Appeal.objects.count(), Content.objects.count()) == (1, 1)


def test_two_readers_who_both_think_it_theirs_make_one_appeal_of_each(policy, desk, incident) -> None:
    """As after a reader that was taken for dead and was not."""
    other = making.open_incident(desk.officer, desk.supervisor)
    body = written.atom(
        written.entry("1", written.part(incident.reference)),
        written.entry("2", written.part(other.reference)),
    )
    claim = taking.Claim(policy.pk, policy.organisation_id, policy.feed_url, "standard", "", "")
    document = document_of(body)
    at_once(lambda: taking.take(claim, document), lambda: taking.take(claim, document))
    assert (Appeal.objects.count(), Content.objects.count(), FeedEntry.objects.count()) == (2, 2, 2)


def test_a_reader_killed_in_the_middle_loses_nothing_and_is_followed(
    policy, server, desk, incident, monkeypatch
) -> None:
    other = making.open_incident(desk.officer, desk.supervisor)
    server.headers = {"ETag": '"one"'}
    server.body = written.atom(
        written.entry("1", written.part(incident.reference)),
        written.entry("2", written.part(other.reference)),
    )
    take_one = taking._take_one

    class Killed(BaseException):
        pass

    def killed(claim, reference, said):
        if reference == "2":
            raise Killed
        take_one(claim, reference, said)

    with monkeypatch.context() as patched:
        patched.setattr(taking, "_take_one", killed)
        with pytest.raises(Killed):
            feeds.read_feeds()
    assert Appeal.objects.get().external_reference == "1"
    # Nobody else begins before it is taken for dead; then all of it is read, for nothing was noted as read.
    assert feeds.read_feeds() == 0
    read(policy)
    assert "if-none-match" not in server.asked[-1]
    assert (Appeal.objects.count(), Content.objects.count()) == (2, 2)
    assert policy.feed_etag == '"one"'
