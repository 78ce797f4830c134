"""What an authority wants offered to its children, and by whom."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from rhi import policies
from rhi.enums import OfferedTo
from rhi.models import AuthorityPolicy
from rhi.services.common import check_version


def providers_for(authority_id: int) -> QuerySet[Organisation]:
    """Who can interview for an authority: the charity, or its own people."""
    charity = Q(kind=OrganisationKind.CHARITY, is_active=True)
    return Organisation.objects.filter(charity | Q(pk=authority_id)).order_by("name")


@transaction.atomic
def save_policy(
    *,
    actor: Actor,
    version: int,
    is_on: bool,
    provider_id: int,
    offered_to: str,
    out_of_area: bool,
    reason: str,
) -> AuthorityPolicy:
    """Say what is offered to the children of the actor's own authority. What is open goes on as it began.

    Raises `Refused`, `Invalid`, and `Conflict` where a colleague saved meanwhile.
    """
    authority_id = actor.organisation_id or 0
    require(policies.may_change_policy(actor, AuthorityPolicy(authority_id=authority_id)))
    problems: dict[str, str] = {}
    if not providers_for(authority_id).filter(pk=provider_id).exists():
        problems["provider"] = "Choose the charity or your own people."
    if offered_to not in OfferedTo.values:
        problems["offered_to"] = "Choose one of the listed values."
    if not reason.strip():
        problems["reason"] = "Say why. This is kept with the record."
    if problems:
        raise Invalid(problems)
    AuthorityPolicy.objects.get_or_create(authority_id=authority_id, defaults={"provider": the_charity()})
    row = AuthorityPolicy.objects.select_for_update(no_key=True).get(authority_id=authority_id)
    wanted: dict[str, object] = {"provider_id": provider_id, "offered_to": offered_to}
    wanted |= {"is_on": is_on, "out_of_area": out_of_area}
    check_version(row, version, wanted)
    for name, value in wanted.items():
        setattr(row, name, value)
    row.version, row.changed_by_id = version + 1, actor.user_id
    row.save()
    audit.record(
        actor=actor,
        action="rhi.policy_changed",
        target=row,
        fields=["is_on", "provider", "offered_to", "out_of_area"],
        reason=reason,
    )
    return row
