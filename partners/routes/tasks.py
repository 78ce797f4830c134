"""Tasks that fetch and delegate."""

from celery import shared_task

from partners.routes.services import overdue


@shared_task(name="partners.tell_overdue_concerns")
def tell_overdue_concerns() -> None:
    """Write to coordinators of concerns whose next step is late."""
    overdue.tell_overdue()
