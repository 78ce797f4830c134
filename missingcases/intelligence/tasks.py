"""Background work of intelligence reports: fetch and delegate."""

from celery import shared_task

from missingcases.intelligence import services


@shared_task(name="intelligence.call_for_reports")
def call_for_reports() -> None:
    """Write about reports that were not acknowledged in time."""
    services.call_due()
