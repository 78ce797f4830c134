"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.retention import services


@shared_task(name="retention.run")
def run_retention(run_id: int) -> None:
    """Do a run that was started."""
    services.run(run_id=run_id)


@shared_task(name="retention.resume")
def resume() -> None:
    """Go on with what a worker left."""
    services.resume_stalled()


@shared_task(name="retention.erase_due")
def erase_due() -> None:
    """Erase what machinery erases, when its time is over."""
    services.erase_due()
