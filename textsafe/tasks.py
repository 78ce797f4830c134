"""Tasks that fetch and delegate."""

from celery import shared_task

from textsafe.services import due, retention, telling


@shared_task(name="textsafe.release_due")
def release_due() -> None:
    """Let go what time has made due."""
    due.release_due()


@shared_task(name="textsafe.tell_systems")
def tell_systems() -> None:
    """Tell the forces' systems what reads otherwise now."""
    telling.tell_systems()


@shared_task(name="textsafe.erase_numbers")
def erase_numbers() -> None:
    """Erase the numbers whose time is over."""
    retention.erase_due()
