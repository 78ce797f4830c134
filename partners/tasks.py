"""Tasks that fetch and delegate."""

from celery import shared_task

from partners.services import chasing, renewing


@shared_task(name="partners.chase")
def chase() -> None:
    """Remind, escalate and return what nobody answered."""
    chasing.chase_due()


@shared_task(name="partners.renew_links")
def renew_links() -> None:
    """Send fresh links before those that partners work by run out."""
    renewing.renew_links()
