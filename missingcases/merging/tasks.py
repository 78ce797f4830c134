"""Tasks that fetch and delegate."""

from celery import shared_task

from foundation.tasks import send_or_leave
from missingcases.merging import selectors, services


@shared_task(name="merging.look_everywhere")
def look_everywhere() -> None:
    """One look for each organisation, so that one that fails keeps no other from its own."""
    for organisation_id in selectors.organisations_to_look_in():
        send_or_leave(look_for_duplicates, organisation_id, lane="bulk")


@shared_task(name="merging.look_for_duplicates")
def look_for_duplicates(organisation_id: int) -> None:
    """Look through one organisation's people."""
    services.look_for_duplicates(organisation_id=organisation_id)
