"""Publishing what is planned, all outlets of an appeal at once."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from appeals.channels import NETWORKS
from appeals.channels.base import Shown
from appeals.delivery.claims import UNSURE, Claim, claim_to_send, parted
from appeals.delivery.mailing import write_publications
from appeals.delivery.outcomes import settle_sent
from appeals.models import Placement
from foundation.backups.enums import Step
from foundation.backups.selectors import is_held
from foundation.calling import CallFailed, Steps, as_they_end


def send_appeal(appeal_id: int) -> int:
    """Publish what is due of one appeal; returns how many placements were tried."""
    return _send(Placement.objects.filter(appeal_id=appeal_id))


def send_due() -> int:
    """Publish what is due of all appeals: after a failure, a dead worker, a lost kick."""
    tried = 0
    while some := _send(Placement.objects.all()):
        tried += some
    return tried


def _send(rows: QuerySet[Placement]) -> int:
    """A restored system that is held publishes nothing; taking down goes on in it."""
    if is_held(Step.PUBLIC):
        return 0
    claims = claim_to_send(rows)
    called, written = parted(claims)
    write_publications(written)
    steps = {claim: _steps(claim) for claim in called}
    for ended in as_they_end(steps, timeout=settings.OUTLET_TIMEOUT, allowed=settings.OUTLET_ALLOWED_HOSTS):
        settle_sent(ended)
    return len(claims)


def _steps(claim: Claim) -> Steps[Shown]:
    """Publish it; where that may have been done already, look for it first."""
    network = NETWORKS[claim.channel]
    if claim.status in UNSURE:
        try:
            found = yield from network.find(claim.job)
        except CallFailed as failed:
            # It may be there for all that we know now.
            raise CallFailed(failed.code, unknown=True, retry_after=failed.retry_after) from None
        if found is not None:
            return found
    return (yield from network.publish(claim.job))
