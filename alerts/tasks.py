"""Background work of alerts: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from alerts.services import ending, forgetting, sending


@shared_task(name="alerts.expire_due")
def expire_due() -> None:
    """End alerts whose time is over."""
    ending.expire_due(now=timezone.now())


@shared_task(name="alerts.let_ends_go")
def let_ends_go() -> None:
    """Tell those who were reached that it is over, once it is known who they are."""
    sending.let_ends_go(now=timezone.now())


@shared_task(name="alerts.forget_addresses")
def forget_addresses() -> None:
    """Forget to which addresses alerts went that ended long ago."""
    forgetting.forget_addresses(now=timezone.now())
