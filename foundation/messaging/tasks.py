"""Tasks that fetch and delegate. Their only arguments are ids."""

from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down

from foundation.messaging import services
from foundation.messaging.enums import Lane, RawKind
from foundation.messaging.models import RawCallback


@shared_task(name="messaging.send")
def send(message_id: int) -> None:
    """Send one message, if it is still to be sent."""
    services.send_one(message_id=message_id)


@shared_task(name="messaging.sweep_lane")
def sweep_lane(lane: int) -> None:
    """Send what is due in a lane (0 is the highest) and was missed or lost with Redis."""
    services.send_due(lane=list(Lane)[lane])


@shared_task(name="messaging.sweep_broadcasts")
def sweep_broadcasts(lane: int) -> None:
    """Send what is due of the broadcasts of a lane (0 is the highest)."""
    services.send_broadcasts(lane=list(Lane)[lane])


@worker_shutting_down.connect
def take_no_more(**_: Any) -> None:
    """A worker that is asked to end hands over what it holds and claims nothing more."""
    services.fanout.stop_soon()


@shared_task(name="messaging.read_callback")
def read_callback(raw_id: int) -> None:
    """Read one stored callback."""
    kind = RawCallback.objects.filter(pk=raw_id).values_list("kind", flat=True).first()
    if kind == RawKind.INBOUND:
        for inbound_id in services.take_in(raw_id=raw_id):
            services.hand_over(inbound_id=inbound_id)
    elif kind == RawKind.MAIL:
        for inbound_id in services.take_in_mail(raw_id=raw_id):
            services.hand_over(inbound_id=inbound_id)
    else:
        services.read_statuses(raw_id=raw_id)


@shared_task(name="messaging.read_callbacks")
def read_callbacks() -> None:
    """Read what came in: replies missed or not handed over, then receipts as long as there are any."""
    services.take_in()
    services.take_in_mail()
    services.hand_over_due()
    while services.read_statuses() >= services.receipts.BATCH:
        pass


@shared_task(name="messaging.take_missed")
def take_missed() -> None:
    """Ask the provider for replies that never reached us."""
    services.take_missed()


@shared_task(name="messaging.tell_owners")
def tell_owners() -> None:
    """Tell services how their messages fared."""
    services.tell_all()


@shared_task(name="messaging.tell_gone")
def tell_gone() -> None:
    """Have addresses forgotten that turned out to be gone."""
    while services.tell_gone():
        pass


@shared_task(name="messaging.look_after")
def look_after() -> None:
    """Call lost claims unknown, look for unknown messages, end what is too late."""
    services.expire_queued()
    services.find_lost_claims()
    services.find_lost_deliveries()
    services.fold_tallies()
    services.reconcile_due()
    services.expire_unheard()


@shared_task(name="messaging.redact_at_provider")
def redact_at_provider() -> None:
    """Tell the provider to forget what is long done."""
    services.redact_at_provider()


@shared_task(name="messaging.expire_deliveries")
def expire_deliveries() -> None:
    """End deliveries of broadcasts whose receipt never came."""
    services.expire_unheard_deliveries()


@shared_task(name="messaging.forget_calls")
def forget_calls() -> None:
    """Erase what providers' calls said long ago."""
    services.forget_calls()
