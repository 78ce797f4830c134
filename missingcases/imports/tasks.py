"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.imports import confirming, kick, services


@shared_task(name="imports.run")
def run_import(batch_id: int) -> None:
    """Bring one file in, from where it stands."""
    services.run(batch_id=batch_id)


@shared_task(name="imports.start_confirmed")
def start_confirmed(batch_id: int) -> None:
    """Start services for the confirmed incidents of one import, from where it stands."""
    confirming.start_confirmed(batch_id=batch_id)


@shared_task(name="imports.resume")
def resume_imports() -> None:
    """Kick imports whose worker is gone."""
    kick.resume_stalled()


@shared_task(name="imports.forget_files")
def forget_files() -> None:
    """Delete the files whose time is over."""
    services.forget_files()
