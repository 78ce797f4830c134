"""Tasks that fetch and delegate."""

from celery import shared_task

from textsafe.services import due, telling


@shared_task(name="textsafe.release_due")
def release_due() -> None:
    """Let go what time has made due."""
    due.release_due()


@shared_task(name="textsafe.tell_systems")
def tell_systems() -> None:
    """Tell the forces' systems what reads otherwise now."""
    telling.tell_systems()
