"""Tasks that fetch and delegate."""

from celery import shared_task

from partners.services import chasing


@shared_task(name="partners.chase")
def chase() -> None:
    """Remind, escalate and return what nobody answered."""
    chasing.chase_due()
