"""Background work of appeals: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from appeals import services


@shared_task(name="appeals.publish_due")
def publish_due() -> None:
    """Publish scheduled appeals whose time has come."""
    services.publish_due(now=timezone.now())


@shared_task(name="appeals.make_public_files")
def make_public_files(appeal_id: int) -> None:
    """Make pictures and page of an appeal that was just published."""
    services.make_public_files(appeal_id)


@shared_task(name="appeals.clear_public_files")
def clear_public_files(appeal_id: int) -> None:
    """Delete the pictures of an appeal that was just taken off."""
    services.clear_files(appeal_id)


@shared_task(name="appeals.make_due_pages")
def make_due_pages() -> None:
    """Make the pages that are missing or of another look, and delete pictures that were left over."""
    services.make_due_pages()
    services.clear_left_over()


@shared_task(name="appeals.read_submissions")
def read_submissions() -> None:
    """Read what somebody sent from the public site."""
    services.read_submissions()
