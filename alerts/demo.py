"""The demonstration's Child Rescue Alerts: one that ended when the child was found, and a rehearsal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from alerts import services
from alerts.audience.models import Subscriber, Subscription
from alerts.audience.services.buckets import buckets_of
from alerts.enums import Criterion
from alerts.models import ChildRescueAlert
from foundation.actors import Actor
from foundation.messaging import numbers
from foundation.messaging.demo_broadcasts import went_out
from foundation.past import Agenda, Step
from foundation.places.models import Area
from missingcases.demo import History

OFFICER, SUPERINTENDENT, UNIT = "met.officer", "met.superintendent", "ukmpu.officer"
ISSUER, ADMINISTRATOR = "charity.manager", "charity.administrator"
CASE, DRILL = "kieran", "drill"
_CHILD = services.ContentDetails(
    first_name="Kieran",
    age=15,
    description="Slim, about five feet seven, short fair hair",
    clothing="Black tracksuit with a white stripe, grey rucksack",
    last_seen_place="Vauxhall arches, Lambeth",
    suspect="A man of about 30 with a shaved head",
    vehicle="A white van, the last letters KXD",
)
_NOBODY = services.ContentDetails(
    first_name="Alex",
    age=10,
    description="This is a rehearsal: Alex is made up",
    clothing="Yellow raincoat",
    last_seen_place="Lambeth",
)
_EVIDENCE = {
    Criterion.UNDER_18: "His date of birth is on record: he is 15.",
    Criterion.IMMINENT_DANGER: "A passer-by saw him pulled into a van.",
    Criterion.ENOUGH_INFORMATION: "Clothing, the van and part of its number are known.",
}


class Alerts:
    """The steps, by the keys of `missingcases.demo` and one for the drill."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.alerts: dict[str, int] = {}

    def by(self, mailbox: str) -> Actor:
        """Somebody of the demonstration."""
        return self.history.actor(mailbox)

    def subscribe(self) -> None:
        """People of Lambeth asked for alerts, and staff who rehearse."""
        area = Area.objects.get(name="Lambeth", kind="borough")
        phones = [f"+447700900{number}" for number in range(300, 340)]
        self._subscribe(area, "sms", phones)
        self._subscribe(area, "email", [f"subscriber{one}@demo.harbour.test" for one in range(1, 26)])
        self._subscribe(area, "sms", phones[:3], is_test=True)
        services.set_price(actor=self.by(ADMINISTRATOR), channel="sms", pence=Decimal("2.4"))
        services.set_price(actor=self.by(ADMINISTRATOR), channel="email", pence=Decimal("0.02"))
        services.set_ceiling(actor=self.by(ADMINISTRATOR), pence=Decimal(5_000_000))

    @staticmethod
    def _subscribe(area: Area, channel: str, addresses: list[str], *, is_test: bool = False) -> None:
        place = (area.pk, channel, "en", is_test)
        bucket = buckets_of([place])[place]
        for to in addresses:
            person = Subscriber.objects.create(
                channel=channel,
                to_key=numbers.key_of(channel, to),
                is_test=is_test,
                source="by_hand" if is_test else "made",
                consent="demonstration",
                consented_at=timezone.now(),
            )
            Subscription.objects.create(
                bucket_id=bucket, subscriber=person, channel=channel, to=to, to_key=person.to_key
            )

    def propose(self, key: str) -> None:
        """An officer proposes it, and holds each criterion against what is known."""
        incident_id = None if key == DRILL else self.history.incidents[key]
        alert = services.propose_alert(
            actor=self.by(OFFICER),
            incident_id=incident_id,
            content=_NOBODY if incident_id is None else _CHILD,
            area_ids=[Area.objects.get(name="Lambeth", kind="borough").pk],
        )
        self.alerts[key] = alert.pk
        for one, evidence in _EVIDENCE.items():
            services.check_criterion(
                actor=self.by(OFFICER), alert_id=alert.pk, criterion=one, is_met=True, evidence=evidence
            )

    def authorise(self, key: str) -> None:
        """The force says yes."""
        services.authorise_alert(actor=self.by(SUPERINTENDENT), alert_id=self.alerts[key])

    def agree(self, key: str) -> None:
        """The national unit agrees, and the force is ready for calls."""
        services.agree_alert(actor=self.by(UNIT), alert_id=self.alerts[key])
        services.confirm_call_handling(actor=self.by(OFFICER), alert_id=self.alerts[key])

    def issue(self, key: str) -> None:
        """A fourth person issues it, and it goes out."""
        services.issue_alert(actor=self.by(ISSUER), alert_id=self.alerts[key], version=self._version(key))
        self._gone_out(key)

    def update(self, key: str) -> None:
        """The force writes where the van was seen, and it is sent."""
        details = replace(_CHILD, vehicle="A white van, the last letters KXD, on the A3")
        services.edit_content(actor=self.by(OFFICER), alert_id=self.alerts[key], details=details)
        services.update_alert(actor=self.by(ISSUER), alert_id=self.alerts[key], version=self._version(key))
        self._gone_out(key)

    def end(self, key: str) -> None:
        """The drill is over."""
        services.cancel_alert(actor=self.by(ISSUER), alert_id=self.alerts[key], cancel_reason="stood_down")

    def tell_the_end(self, key: str) -> None:
        """Who was reached is told that it is over."""
        services.let_ends_go(now=timezone.now())
        self._gone_out(key)

    def calls(self, key: str, *hours: int) -> None:
        """The force says how many calls came, hour by hour."""
        alert = ChildRescueAlert.objects.get(pk=self.alerts[key])
        began = alert.issued_at or timezone.now()
        for number, calls in enumerate(hours):
            services.enter_calls(
                actor=self.by(OFFICER), alert_id=alert.pk, hour=began + timedelta(hours=number), calls=calls
            )

    def _version(self, key: str) -> int:
        return ChildRescueAlert.objects.get(pk=self.alerts[key]).version

    def _gone_out(self, key: str) -> None:
        last = ChildRescueAlert.objects.get(pk=self.alerts[key]).notices.order_by("-number")[0]
        for run in last.runs.order_by("pk"):
            went_out(run.broadcast_id)


def _story(t: Alerts) -> Iterator[tuple[float, Step]]:
    """Hours before now, and what happened then. The child is found 22 hours ago, which ends the alert."""
    yield 110, t.subscribe
    yield 100, partial(t.propose, DRILL)
    yield 99.9, partial(t.authorise, DRILL)
    yield 99.8, partial(t.agree, DRILL)
    yield 99.75, partial(t.issue, DRILL)
    yield 99.2, partial(t.end, DRILL)
    yield 99.19, partial(t.tell_the_end, DRILL)
    yield 30.5, partial(t.propose, CASE)
    yield 30.3, partial(t.authorise, CASE)
    yield 30.15, partial(t.agree, CASE)
    yield 30.05, partial(t.issue, CASE)
    yield 27, partial(t.update, CASE)
    yield 21.9, partial(t.tell_the_end, CASE)
    yield 20, partial(t.calls, CASE, 212, 148, 87, 131)


def plan(agenda: Agenda, history: History) -> None:
    """Put the alerts on the agenda, beside the incident they belong to."""
    alerts = Alerts(history)
    for hours, step in _story(alerts):
        agenda.ago(step, hours=hours)
