"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.search import services


@shared_task(name="search.export")
def run_export(export_id: int) -> None:
    """Make one file."""
    services.run(export_id=export_id)


@shared_task(name="search.resume")
def resume_exports() -> None:
    """Kick exports whose worker is gone."""
    services.resume_stalled()


@shared_task(name="search.forget_files")
def forget_files() -> None:
    """Delete the files whose day is over."""
    services.forget_files()
