"""Background work of the audience: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from alerts.audience import deadlines, services
from alerts.audience.services import lists


@shared_task(name="audience.read_submissions")
def read_submissions() -> None:
    """Apply what came from the public site."""
    while services.read_submissions():
        pass


@shared_task(name="audience.ask_systems")
def ask_systems() -> None:
    """Ask partners' systems that were signed up whether they want alerts."""
    services.ask_systems(now=timezone.now())


@shared_task(name="audience.keep_up")
def keep_up() -> None:
    """End pauses whose time is over, and subscriptions of addresses that said STOP."""
    while services.go_on_due(now=timezone.now()):
        pass
    while services.leave_suppressed(now=timezone.now()):
        pass


@shared_task(name="audience.forget")
def forget() -> None:
    """Delete what is no longer needed, and count this month and the last."""
    now = timezone.now()
    today = timezone.localdate(now)
    for month in (deadlines.month_of(today), deadlines.month_before(today)):
        services.count_month(month=month)
    while services.forget(now=now):
        pass


@shared_task(name="audience.run_list")
def run_list(list_id: int) -> None:
    """Check or add one partner's list, from where it stands."""
    lists.run(list_id=list_id)


@shared_task(name="audience.resume")
def resume() -> None:
    """Kick lists whose worker is gone."""
    lists.resume_stalled(now=timezone.now())
