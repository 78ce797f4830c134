"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.desk import services


@shared_task(name="desk.escalate")
def escalate() -> None:
    """Tell the next rank of what nobody acknowledged."""
    services.escalate_due()
