"""Tasks that fetch and delegate."""

from celery import shared_task

from missingcases.subject_access import services


@shared_task(name="subject_access.collect")
def collect(request_id: int) -> None:
    """Find everything that is held."""
    services.collect(request_id=request_id)


@shared_task(name="subject_access.make_pack")
def make_pack(request_id: int) -> None:
    """Write the pack."""
    services.make_pack(request_id=request_id)


@shared_task(name="subject_access.resume")
def resume() -> None:
    """Go on with what a worker left."""
    services.resume_stalled()


@shared_task(name="subject_access.wipe")
def wipe() -> None:
    """Wipe packs whose time is over."""
    services.wipe_old()
