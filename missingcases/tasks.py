"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases import services


@shared_task(name="missingcases.escalate")
def escalate_overdue() -> None:
    """Escalate what nobody answered in time."""
    services.escalate_overdue()


@shared_task(name="missingcases.watch_lengths")
def watch_lengths() -> None:
    """Raise what is due for people missing for long."""
    services.watch_lengths()


@shared_task(name="missingcases.scan_files")
def scan_files() -> None:
    """Have the files scanned that wait for it."""
    services.scan_waiting()


@shared_task(name="missingcases.tidy_releases")
def tidy_releases() -> None:
    """Take away the sight of incidents that expired releases gave."""
    services.tidy_expired()
