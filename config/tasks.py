"""Tasks of the composition root."""

from celery import shared_task

from config import standing


@shared_task(name="config.keep_standing")
def keep_standing() -> None:
    """Work out what every page says of what is behind."""
    standing.keep_line()
