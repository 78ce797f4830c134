"""What the engine takes of the audience, at the moment it takes it, and how an e-mail lets somebody leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from alerts.audience import links, selectors, services
from alerts.audience.models import Bucket, Subscription
from alerts.audience.services import signing_up
from foundation.actors import Actor
from foundation.messaging.enums import Channel, Lane
from foundation.messaging.gateways.base import Outgoing
from foundation.messaging.gateways.smtp import written
from foundation.messaging.models import Broadcast, Delivery, Line
from foundation.messaging.services import broadcast as broadcasts
from foundation.messaging.services.handing import handings
from foundation.messaging.services.parts import take_next
from foundation.messaging.switchboard import ALWAYS
from foundation.messaging.types import Part
from tests.alerts.audience.conftest import subscribe

SENDER = Actor.system("test")


def begin(audience: str, parts: list[Part], *, channel: str = "email", owner: int = 1) -> Broadcast:
    """A broadcast to that audience."""
    return broadcasts.begin_to_audience(
        actor=SENDER,
        channel=Channel(channel),
        lane=Lane.ALERT,
        service="alerts",
        owner=("test.Alert", owner),
        guard=ALWAYS,
        body="Look out.",
        subject="Alert",
        valid_until=timezone.now() + timedelta(hours=1),
        audience=audience,
        parts=parts,
    )


def everybody(*, is_test: bool = False) -> list[Part]:
    """Every bucket up to the highest number there is now."""
    mark = selectors.watermark()
    return [Part(part=row.pk, first=0, last=mark) for row in Bucket.objects.filter(is_test=is_test)]


def taken(broadcast: Broadcast) -> list[str]:
    """Take all of it; the addresses in order."""
    found: list[str] = []
    while (some := take_next(broadcast, line_id=None, most=1000)) is not None:
        found += [one.to for one in some]
    return sorted(found)


@pytest.fixture
def people(committing_db, london) -> list[int]:
    """Three who get alerts for one place, of whom the last asked for two."""
    areas = [london["Northborough"]]
    two = [*areas, london["Greatham"]]
    wishes = [("a", areas), ("b", areas), ("c", two)]
    return [subscribe(f"{name}@people.test", asked).pk for name, asked in wishes]


def test_whoever_leaves_pauses_or_joins_after_the_issue_is_not_written_to(people, london) -> None:
    sent = begin("alerts.areas", everybody())
    services.leave(actor=signing_up.WORKER, subscriber_ids=[people[0]])
    services.pause(actor=signing_up.WORKER, subscriber_id=people[1], days=1)
    subscribe("late@people.test", [london["Northborough"]])
    assert taken(sent) == ["c@people.test"]


def test_somebody_with_two_of_the_places_gets_one(people) -> None:
    assert taken(begin("alerts.areas", everybody())) == [f"{name}@people.test" for name in "abc"]


def test_a_rehearsal_reaches_nobody_of_the_public_whatever_parts_it_is_given(people) -> None:
    assert taken(begin("alerts.rehearsal", everybody())) == []


def test_the_end_reaches_who_was_reached_and_still_gets_alerts_wherever_they_are_now(people, london) -> None:
    first = begin("alerts.areas", everybody())
    taken(first)
    services.leave(actor=signing_up.WORKER, subscriber_ids=[people[0]])
    services.set_choices(
        actor=signing_up.WORKER, subscriber_id=people[1], area_ids=[london["Southborough"].pk], language="cy"
    )
    last = Delivery.objects.filter(broadcast=first).order_by("-number").first()
    assert last is not None
    parts = [Part(part=first.pk, first=0, last=last.number)]
    assert taken(begin("alerts.reached_rehearsal", parts, owner=2)) == []
    assert taken(begin("alerts.reached", parts, owner=3)) == ["b@people.test", "c@people.test"]


def test_every_e_mail_says_where_one_press_leaves_and_no_text_does(people, london) -> None:
    sent = begin("alerts.areas", everybody())
    some = take_next(sent, line_id=None, most=1)
    assert some
    line = Line(channel="email")
    (given,) = handings(sent, line, some, claimed=0.0)
    whose = Subscription.objects.get(pk=some[0].number).subscriber_id
    token = given.leave.rstrip("/").rpartition("/")[2]
    assert links.leaver(token) == whose
    headers = written(given).message()
    assert headers["List-Unsubscribe"] == f"<{given.leave}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert given.leave not in repr(given)
    assert written(Outgoing("m1", "x@people.test", "b")).message()["List-Unsubscribe"] is None
    subscribe("07700 900123", [london["Southborough"]], channel="sms")
    by_text = begin("alerts.areas", everybody(), channel="sms", owner=9)
    while (some := take_next(by_text, line_id=None, most=1)) == []:
        pass
    assert some
    assert handings(by_text, Line(channel="sms"), some, claimed=0.0)[0].leave == ""
