"""Tasks that fetch and delegate."""

from celery import shared_task

from rhi.services import calling, telling


@shared_task(name="rhi.call_for_visits")
def call_for_visits() -> None:
    """Call for workers who were not heard of."""
    calling.call_due()


@shared_task(name="rhi.tell_systems")
def tell_systems() -> None:
    """Tell the forces' systems what reads otherwise now."""
    telling.tell_systems()
