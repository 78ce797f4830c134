"""Background work of appeals: fetch and delegate."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from appeals import services


@shared_task(name="appeals.publish_due")
def publish_due() -> None:
    """Publish scheduled appeals whose time has come."""
    services.publish_due(now=timezone.now())
