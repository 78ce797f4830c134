"""Background work of CAP: fetch and delegate."""

from celery import shared_task

from alerts.cap import services


@shared_task(name="cap.read_arrivals")
def read_arrivals() -> None:
    """Read what the national system sent."""
    services.read_arrivals()
