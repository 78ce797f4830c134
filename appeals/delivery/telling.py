"""Taking down: every outlet of an appeal told at once, and looked at where that can be seen."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from appeals.channels import NETWORKS
from appeals.delivery.claims import Claim, claim_to_tell, parted
from appeals.delivery.looking import settle_looked
from appeals.delivery.mailing import write_withdrawals
from appeals.delivery.outcomes import settle_told
from appeals.models import Placement
from foundation.calling import CallFailed, as_they_end


def tell_outlets(appeal_id: int) -> int:
    """Tell the outlets of one appeal that are due; returns how many."""
    return _tell(Placement.objects.filter(appeal_id=appeal_id))


def tell_due() -> int:
    """Tell all outlets that are due: after a failure, a dead worker, a lost kick, or a long silence."""
    told = 0
    while some := _tell(Placement.objects.all()):
        told += some
    return told


def _tell(rows: QuerySet[Placement]) -> int:
    claims = claim_to_tell(rows)
    called, written = parted(claims)
    steps = {claim: NETWORKS[claim.channel].withdraw(claim.job) for claim in called}
    told: list[Claim] = []
    for ended in as_they_end(steps, timeout=settings.OUTLET_TIMEOUT, allowed=settings.OUTLET_ALLOWED_HOSTS):
        settle_told(ended)
        told += [claim for claim, came in ended.items() if not isinstance(came, CallFailed)]
        # Once the quickest have been told: what takes longest of all must not wait for the slowest.
        write_withdrawals(written)
        written = []
    write_withdrawals(written)
    _look(told)
    return len(claims)


def _look(told: list[Claim]) -> None:
    steps = {claim: NETWORKS[claim.channel].look(claim.job) for claim in told}
    for ended in as_they_end(steps, timeout=settings.OUTLET_TIMEOUT, allowed=settings.OUTLET_ALLOWED_HOSTS):
        settle_looked(ended)
