"""Background work of appeals: fetch and delegate."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from appeals import services


@shared_task(name="appeals.publish_due")
def publish_due() -> None:
    """Publish scheduled appeals whose time has come."""
    services.publish_due(now=timezone.now())


@shared_task(name="appeals.make_public_files")
def make_public_files(appeal_id: int) -> None:
    """Make the finished page of an appeal that was just published."""
    services.make_pages(appeal_id)


@shared_task(name="appeals.make_due_pages")
def make_due_pages() -> None:
    """Make the pages that are missing or of another look."""
    services.make_due_pages()


@shared_task(name="appeals.read_submissions")
def read_submissions() -> None:
    """Read what somebody sent from the public site."""
    services.read_submissions()
