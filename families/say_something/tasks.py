"""Background work of Say Something: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from families.say_something import services


@shared_task(name="say_something.read_submissions")
def read_submissions() -> None:
    """Read what somebody sent from the public site."""
    services.read_submissions()


@shared_task(name="say_something.forget_words")
def forget_words() -> None:
    """Empty what is no longer needed."""
    services.forget_words(now=timezone.now())
