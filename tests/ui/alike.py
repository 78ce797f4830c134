"""Records that may be one person, and what two forces ask each other about them."""

from __future__ import annotations

from foundation.actors import Actor
from missingcases.links import services as links
from missingcases.matching.models import LikelyPair
from missingcases.merging import services as merging
from missingcases.models import Incident
from tests.missingcases_pages import world


def records_alike(officer: Actor, supervisor: Actor) -> None:
    """A likely pair that waits, and one that was put off."""
    first, second, third = (world.reported(officer, "Alma", "Alike") for _ in range(3))
    for other in (second, third):
        pair = LikelyPair.objects.create(
            organisation_id=first.owner_id,
            first=first.person,
            second=other.person,
            score=30,
            reasons=["same_name"],
        )
    merging.put_off(actor=supervisor, pair_id=pair.pk)


def links_between(
    missing: Incident, supervisor: Actor, officer_of_kent: Actor, kent: Actor
) -> tuple[str, ...]:
    """One made, one that waits on each side, one declined: references of the first and of one that waits."""
    theirs = [world.reported(officer_of_kent, "Maya", "Sample") for _ in range(3)]
    asked = {"actor": supervisor, "incident_id": missing.pk, "organisation_id": kent.organisation_id or 0}
    made = links.ask_link(**asked, named=theirs[0].reference)
    links.accept_link(actor=kent, link_id=made.pk, incident_reference=theirs[0].reference)
    declined = links.ask_link(**asked, named="MI-ABCDEFGH")
    links.decline_link(actor=kent, link_id=declined.pk, reason="Ring us first.")
    waiting = links.ask_link(**asked, words="Spoke to your control room at 10.")
    for incident, named in ((theirs[1], missing.reference), (theirs[2], "")):
        links.ask_link(
            actor=kent, incident_id=incident.pk, organisation_id=supervisor.organisation_id or 0, named=named
        )
    return made.reference, waiting.reference
