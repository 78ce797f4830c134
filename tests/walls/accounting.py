"""One of everything by which a body answers for what it holds about people."""

from __future__ import annotations

from datetime import date, timedelta

from missingcases.agreements import services as agreements
from missingcases.breakglass import services as breakglass
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from tests.cast import Member


def answered_for(incident: Incident, manager: Member, words: str) -> dict[str, dict[str, str]]:
    """The arguments of those pages, by the namespace of their addresses."""
    opening = breakglass.open_records(
        actor=manager.actor, reference=incident.reference, reason=words, minutes=60
    )
    agreed = agreements.draft_agreement(
        actor=manager.actor,
        other_id=incident.owner_id,
        we_send=True,
        details=agreements.AgreementDetails(
            flow=ReleaseKind.INTELLIGENCE,
            purpose="To keep children safe.",
            field_names=("line",),
            lawful_bases=(LawfulBasis.SAFEGUARDING,),
            retention="Six years",
            contact="Both data protection desks",
            review_on=date.today() + timedelta(days=300),
        ),
    )
    released = incident.releases.order_by("pk")[0].reference
    return {
        "breakglass": {"reference": opening.reference},
        "disclosure": {"reference": incident.reference},
        "agreements": {"reference": agreed.reference},
        "releases": {"release_reference": released},
    }
