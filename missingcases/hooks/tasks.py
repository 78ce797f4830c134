"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.hooks import services


@shared_task(name="hooks.forget_old")
def forget_old() -> None:
    """Drop deliveries whose time on the list is over."""
    services.forget_old()
