"""Tasks that fetch and delegate."""

from celery import shared_task

from foundation.events import services


@shared_task(name="events.deliver_owed")
def deliver_owed(owed_id: int) -> None:
    """Pay one debt."""
    services.deliver(owed_id=owed_id)


@shared_task(name="events.sweep_owed")
def sweep_owed() -> None:
    """Pay what is due and was missed."""
    services.sweep()
