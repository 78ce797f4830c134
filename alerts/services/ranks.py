"""Setting the rank that authorises alerts of a force."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alerts.models import AuthorisingRank
from alerts.policies import running
from alerts.ranks import offered
from alerts.services.common import need, person
from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible


@transaction.atomic
def set_authorising_rank(*, actor: Actor, force_id: int, rank: str) -> AuthorisingRank:
    """Say from which rank on somebody authorises alerts of a force: those proposed from now on.

    Raises `Refused`, `Invalid`, and `NotVisible` for a force that is not the administrator's own.
    """
    force = Organisation.objects.filter(
        pk=force_id, kind=OrganisationKind.POLICE_FORCE, is_active=True
    ).first()
    if force is None or running.is_of_another(actor, force):
        raise NotVisible(f"force {force_id}")
    require(running.may_set_rank(actor))
    need({} if rank in offered() else {"rank": "Choose a rank of the list."})
    values = {"rank": rank, "set_by_id": person(actor), "set_at": timezone.now()}
    row, _ = AuthorisingRank.objects.update_or_create(force=force, defaults=values)
    audit.record(actor=actor, action="alerts.rank_set", target=row, fields=["rank"])
    return row
