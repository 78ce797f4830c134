"""Tasks that fetch and delegate."""

from celery import shared_task

from reports.before_after import services


@shared_task(name="before_after.work_out")
def work_out(analysis_id: int) -> None:
    """Answer one question."""
    services.work_out(analysis_id=analysis_id)


@shared_task(name="before_after.resume")
def resume() -> None:
    """Go on with what a worker left."""
    services.resume_stalled()
