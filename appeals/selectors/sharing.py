"""How each force shares, as whoever may change it sees it, and which appeals left their force's feed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from appeals.models import Appeal, FeedEntry, SharingPolicy
from appeals.policies import may_change_sharing
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.exceptions import NotVisible


@dataclass(frozen=True, slots=True)
class ForceSharing:
    """One force, and what was decided for it: None where nobody decided anything yet."""

    force: Organisation
    policy: SharingPolicy | None


def sharing_of(organisation_id: int | None) -> SharingPolicy | None:
    """What was decided for a force, if anybody did."""
    return SharingPolicy.objects.filter(organisation_id=organisation_id or 0).first()


def forces_to_share(actor: Actor) -> list[ForceSharing]:
    """The forces whose sharing somebody may change: an inspector's own, the desk's all, the decided first."""
    forces = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, is_active=True)
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        forces = forces.filter(pk=actor.organisation_id or 0)
    shown = [force for force in forces.order_by("name") if may_change_sharing(actor, force.pk) is None]
    rows = SharingPolicy.objects.filter(organisation__in=shown)
    known = {policy.organisation_id: policy for policy in rows}
    found = [ForceSharing(force, known.get(force.pk)) for force in shown]
    return sorted(found, key=lambda one: (one.policy is None, one.force.name))


def force_to_share(actor: Actor, code: str) -> ForceSharing:
    """One of them. Raises `NotVisible`."""
    found = next((one for one in forces_to_share(actor) if one.force.code == code), None)
    if found is None:
        raise NotVisible(code)
    return found


def entry_of(appeal: Appeal) -> FeedEntry | None:
    """What its force's feed says of an appeal, where it came by one."""
    return FeedEntry.objects.filter(appeal_id=appeal.pk).first()


def left_its_feed() -> Exists:
    """Of appeals: that the force's feed carried it and does not any more, and nobody decided what follows."""
    rows = FeedEntry.objects.filter(appeal=OuterRef("pk"), gone_at__isnull=False, kept_at__isnull=True)
    return Exists(rows)
