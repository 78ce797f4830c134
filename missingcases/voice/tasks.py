"""Background work of their own voice: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from missingcases.voice import services


@shared_task(name="voice.read_submissions")
def read_submissions() -> None:
    """Part what was sent from the public site from its link."""
    services.read_submissions()


@shared_task(name="voice.end_due")
def end_due() -> None:
    """End what is over, and take back what must not be asked any more."""
    services.end_due(now=timezone.now())
