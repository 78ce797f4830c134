"""Background work of appeals: fetch and delegate."""

from celery import shared_task
from django.utils import timezone

from appeals import delivery, feeds, fragments, services


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


@shared_task(name="appeals.call_for_sightings")
def call_for_sightings() -> None:
    """Write to whoever is to take up a sighting, or is above them."""
    services.call_due()


@shared_task(name="appeals.watch_players")
def watch_players() -> None:
    """Tell of billboard players that have fallen silent."""
    services.watch_players()


@shared_task(name="appeals.send_appeal")
def send_appeal(appeal_id: int) -> None:
    """Publish one appeal on the outlets that are called."""
    delivery.send_appeal(appeal_id)


@shared_task(name="appeals.tell_outlets")
def tell_outlets(appeal_id: int) -> None:
    """Tell the outlets of one appeal that it is to be taken down."""
    delivery.tell_outlets(appeal_id)


@shared_task(name="appeals.read_outlet_reports")
def read_outlet_reports() -> None:
    """Read what outlets told us at the public site."""
    delivery.read_reports()


@shared_task(name="appeals.send_due")
def send_due() -> None:
    """Publish what waited for the end of an embargo, and what a kick, a worker or an outlet left behind."""
    services.show_due(now=timezone.now())
    delivery.send_due()


@shared_task(name="appeals.tell_due")
def tell_due() -> None:
    """Tell outlets that a kick, a worker or they themselves left behind, and chase who said nothing."""
    delivery.tell_due()


@shared_task(name="appeals.take_off_switched_off")
def take_off_switched_off() -> None:
    """Take appeals off outlets that were switched off."""
    services.take_off_switched_off()


@shared_task(name="appeals.ask_before_expiry")
def ask_before_expiry() -> None:
    """Ask whether appeals that are about to lapse shall go on."""
    services.ask_before_expiry(now=timezone.now())


@shared_task(name="appeals.lapse_due")
def lapse_due() -> None:
    """Withdraw appeals whose time is over."""
    services.lapse_due(now=timezone.now())


@shared_task(name="appeals.propose_for_the_day")
def propose_for_the_day() -> None:
    """Propose what comes round tomorrow."""
    services.propose_for_the_day(now=timezone.now())


@shared_task(name="appeals.read_force_feeds")
def read_force_feeds() -> None:
    """Read the feeds of forces that are due."""
    feeds.read_feeds()


@shared_task(name="appeals.check_fragments")
def check_fragments() -> None:
    """Look whether pages of forces carry the helpline."""
    fragments.check_due()
