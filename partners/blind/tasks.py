"""Tasks that fetch and delegate."""

from celery import shared_task

from partners.blind.services import tidying


@shared_task(name="partners.tidy_blind_matching")
def tidy_blind_matching() -> None:
    """Withdraw candidates that nobody looked at, and forget what is kept to know a list again."""
    tidying.tidy()
