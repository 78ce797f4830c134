"""Tasks that fetch and delegate."""

from celery import shared_task

from foundation.clients import services


@shared_task(name="clients.clear_expired")
def clear_expired() -> None:
    """Throw away kept answers and tokens whose time is over."""
    services.clear_expired()
