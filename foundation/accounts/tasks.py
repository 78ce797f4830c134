"""Tasks that fetch and delegate."""

from celery import shared_task

from foundation.accounts import services


@shared_task(name="accounts.clear_expired")
def clear_expired() -> None:
    """Throw away sessions and throttling records whose time is over."""
    services.clear_expired()
