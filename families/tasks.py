"""Tasks that fetch and delegate."""

from celery import shared_task

from families.services import calling


@shared_task(name="families.call_for_visits")
def call_for_visits() -> None:
    """Call for workers who were not heard of."""
    calling.call_due()
