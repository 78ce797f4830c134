"""What an alert does when its incident changes hands."""

from __future__ import annotations

from django.db import transaction

from alerts.enums import RUNNING
from alerts.models import ChildRescueAlert
from alerts.selectors import rank_of
from alerts.services.common import hold, noted, set_yes_aside, written
from alerts.system import FOLLOWING


@transaction.atomic
def follow_owner(*, incident_id: int, organisation_id: int) -> int:
    """The new owner's people see and decide from now on; the yes of the force before them is set aside.

    What was issued stays issued. Returns how many running alerts went along; those that ended stay with
    the force that decided them.
    """
    rows = ChildRescueAlert.objects.filter(incident_id=incident_id, status__in=sorted(RUNNING))
    ids = list(rows.values_list("pk", flat=True))
    for alert_id in ids:
        alert = hold(FOLLOWING, alert_id)
        set_yes_aside(FOLLOWING, alert, reason="The incident was transferred to another force.")
        alert.force_id, alert.authorising_rank = organisation_id, rank_of(organisation_id)
        written(alert, "force", "authorising_rank")
        noted(FOLLOWING, alert, "transferred", "force")
    return len(ids)
