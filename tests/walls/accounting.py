"""One of everything by which a body answers for what it holds about people."""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.utils import timezone

from missingcases.agreements import services as agreements
from missingcases.breakglass import services as breakglass
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from missingcases.retention import services as retention
from missingcases.subject_access import services as access
from missingcases.subject_access.models import AccessItem
from tests.cast import Member


def answered_for(
    incident: Incident, manager: Member, words: str, dpo: Member, words_of_force: str
) -> dict[str, dict[str, str]]:
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
    request = access.receive(
        actor=dpo.actor,
        reference=incident.reference,
        received_on=timezone.localdate(),
        asked=words_of_force,
    )
    item = AccessItem.objects.create(
        request=request,
        model="x.X",
        title="Note",
        at=timezone.now(),
        content=json.dumps([["A", words_of_force]]),
    )
    hold = retention.place_hold(
        actor=dpo.actor,
        reference=incident.reference,
        reason=words_of_force,
        review_on=timezone.localdate() + timedelta(days=30),
    )
    run = retention.propose_run(actor=dpo.actor)
    return {
        "retention": {"reference": hold.reference, "run": run.reference},
        "subject_access": {"reference": request.reference, "item_id": str(item.pk)},
        "breakglass": {"reference": opening.reference},
        "disclosure": {"reference": incident.reference},
        "agreements": {"reference": agreed.reference},
        "releases": {"release_reference": released},
    }
