"""Tasks that fetch and delegate."""

from celery import shared_task

from foundation.audit import months, seals


@shared_task(name="audit.seal")
def seal_trail() -> None:
    """Seal what has settled and keep next months' tables ready."""
    months.make_partitions()
    seals.seal()
