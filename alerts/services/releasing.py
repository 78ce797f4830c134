"""What the charity and the national unit learn by an alert, as releases of named fields."""

from __future__ import annotations

from alerts.drafting import ContentDetails
from alerts.models import ChildRescueAlert
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.services import create_release


def release_to_charity(actor: Actor, alert: ChildRescueAlert, content: ContentDetails) -> None:
    """What the force proposes to tell the public, to the duty managers. A rehearsal is about nobody."""
    _release(actor, alert, content, the_charity(), Role.CHARITY_MANAGER, "A Child Rescue Alert was proposed.")


def release_to_unit(actor: Actor, alert: ChildRescueAlert, content: ContentDetails) -> None:
    """The same to the national unit, once the force has said yes."""
    for unit in Organisation.objects.filter(kind=OrganisationKind.NATIONAL_UNIT, is_active=True):
        _release(
            actor, alert, content, unit, Role.NATIONAL_UNIT, "The force authorised a Child Rescue Alert."
        )


def _release(
    actor: Actor,
    alert: ChildRescueAlert,
    content: ContentDetails,
    to: Organisation,
    desk: Role,
    reason: str,
) -> None:
    if alert.incident_id is None:
        return
    create_release(
        actor=actor,
        incident_id=alert.incident_id,
        to_organisation_id=to.pk,
        kind=ReleaseKind.SERVICE_REQUEST,
        desk=desk,
        fields={"alert": alert.reference, **content.as_text()},
        purpose="To ask the public for help by a Child Rescue Alert.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason=reason,
    )
