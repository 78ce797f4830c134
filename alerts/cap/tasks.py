"""Background work of CAP: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from alerts.cap import services


@shared_task(name="cap.read_arrivals")
def read_arrivals() -> None:
    """Read what the national system sent."""
    services.read_arrivals()


@shared_task(name="cap.forget")
def forget() -> None:
    """Empty what is no longer needed."""
    services.forget_words(now=timezone.now())
    services.forget_arrivals(now=timezone.now())
