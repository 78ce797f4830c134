"""Prices, the ceiling, who agreed to spend more, and how many calls an alert brought."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from alerts.enums import AudienceChannel
from alerts.models import CallVolume, ChannelPrice, CostApproval, CostCeiling
from alerts.policies import running
from alerts.services.common import hold, need, noted, person
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from missingcases.services.common import not_in_future, one_of

MOST_CALLS = 100_000


@transaction.atomic
def set_price(*, actor: Actor, channel: str, pence: Decimal) -> ChannelPrice:
    """Keep what the provider asks for one part of a text, or one message, in pence.

    What was sent before keeps the price it had. Raises `Refused`, `Invalid`.
    """
    require(running.may_set_prices(actor))
    one_of(AudienceChannel, channel, "channel")
    need({"pence": "Give a price of nought or more."} if pence < 0 else {})
    values = {"pence": pence, "set_by_id": person(actor), "set_at": timezone.now()}
    row, _ = ChannelPrice.objects.update_or_create(channel=channel, defaults=values)
    audit.record(actor=actor, action="alerts.price_set", target=row, fields=["pence"])
    return row


@transaction.atomic
def set_ceiling(*, actor: Actor, pence: Decimal | None) -> None:
    """Keep what one notice may cost before another person has to agree; None takes the ceiling away."""
    require(running.may_set_prices(actor))
    if pence is None:
        CostCeiling.objects.all().delete()
    else:
        need({"ceiling": "Give a sum of nought or more."} if pence < 0 else {})
        values = {"pence": pence, "set_by_id": person(actor), "set_at": timezone.now()}
        CostCeiling.objects.update_or_create(is_only=True, defaults=values)
    audit.record(actor=actor, action="alerts.ceiling_set", target=CostCeiling, fields=["pence"])


@transaction.atomic
def approve_cost(*, actor: Actor, alert_id: int, pence: Decimal) -> CostApproval:
    """Agree to spend up to `pence` on one notice of the alert. Whoever agrees does not issue it."""
    alert = hold(actor, alert_id)
    require(running.may_approve_cost(actor, alert))
    need({"pounds": "Give a sum above nought."} if pence <= 0 else {})
    row = CostApproval.objects.create(alert=alert, pence=pence, by_id=person(actor), at=timezone.now())
    noted(actor, alert, "cost_approved", "pence")
    return row


@transaction.atomic
def enter_calls(*, actor: Actor, alert_id: int, hour: datetime, calls: int) -> CallVolume:
    """Keep how many calls the force took in the hour of `hour`; a second count replaces the first."""
    alert = hold(actor, alert_id)
    require(running.may_enter_calls(actor, alert))
    begins = _hour_of(hour)
    problems: dict[str, str] = {}
    not_in_future(problems, hour=begins)
    if alert.issued_at and begins < _hour_of(alert.issued_at):
        problems["hour"] = "The alert had not been issued then."
    if not 0 <= calls <= MOST_CALLS:
        problems["calls"] = f"Give a number from 0 to {MOST_CALLS:,}."
    need(problems)
    values = {"calls": calls, "entered_by_id": person(actor), "entered_at": timezone.now()}
    row, _ = CallVolume.objects.update_or_create(alert=alert, hour=begins, defaults=values)
    noted(actor, alert, "calls_entered", "hour", "calls")
    return row


def _hour_of(moment: datetime) -> datetime:
    return in_london(moment).replace(minute=0, second=0, microsecond=0)
