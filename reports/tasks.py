"""Background work of figures: fetch and delegate."""

from celery import shared_task

from reports.cells import folding, proving
from reports.cells.rebuilding import Busy

_MOST_ROUNDS = 40


@shared_task(name="reports.fold")
def fold() -> None:
    """Fold what waits; where very much does, the next run goes on."""
    for _ in range(_MOST_ROUNDS):
        if not folding.fold():
            return


@shared_task(name="reports.prove", autoretry_for=(Busy,), retry_backoff=30, max_retries=20)
def prove() -> None:
    """Compare what is kept with what is there; the status page says what came of it."""
    proving.prove()
