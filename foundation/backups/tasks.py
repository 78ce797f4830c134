"""Tasks that fetch and delegate. Their only arguments are ids."""

from celery import shared_task

from foundation.backups.services import holding, ledger


@shared_task(name="backups.copy_ledger")
def copy_ledger() -> None:
    """Copy out the lines of the ledger that could not be copied when they were written."""
    ledger.copy_out_or_leave()


@shared_task(name="backups.catch_up_due")
def catch_up_due() -> None:
    """Go on with what a restored system has not caught up with yet."""
    holding.catch_up_due()


@shared_task(name="backups.catch_up")
def catch_up(hold_id: int) -> None:
    """Go through the ledger and ask the provider once more, for a restored system."""
    holding.catch_up(hold_id=hold_id)
