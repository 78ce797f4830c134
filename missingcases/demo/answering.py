"""What a body answers for, in the demonstration: opened records, a request for access, a legal hold."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from foundation.accounts.demo import DOMAIN
from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.events.services import sweep
from missingcases.breakglass import services as breakglass
from missingcases.breakglass.models import Opening
from missingcases.models import AudienceRow
from missingcases.retention import services as retention
from missingcases.subject_access import services as access


@transaction.atomic
def build() -> str:
    """One of each at the charity, once, where it holds anything."""
    if not Opening.objects.exists():
        manager, night, officer = (_actor(one) for one in ("manager", "night", "auditor"))
        known = AudienceRow.objects.filter(organisation_id=manager.organisation_id or 0, revoked_at=None)
        references = list(
            known.order_by("-reported_at").values_list("incident__reference", flat=True).distinct()[:2]
        )
        if len(references) == 2:
            _opened(manager, references[0], officer)
            _opened(night, references[1])
            _asked(officer, references[0])
            while sweep():  # whoever looks after data protection is written to, as of an opening at night
                pass
    return f"{Opening.objects.count()} openings of confidential records"


def _actor(mailbox: str) -> Actor:
    user = User.objects.get(email=f"charity.{mailbox}@{DOMAIN}")
    return actor_for(user, organisation_id=Organisation.objects.get(code="missing-people").pk, source="demo")


def _opened(manager: Actor, reference: str, reviewer: Actor | None = None) -> None:
    opening = breakglass.open_records(
        actor=manager,
        reference=reference,
        reason="Her friend rang at night and feared for her; her worker was not to be reached.",
        minutes=60,
    )
    breakglass.end_opening(actor=manager, opening_id=opening.pk)
    if reviewer is not None:
        breakglass.review_opening(
            actor=reviewer,
            opening_id=opening.pk,
            finding="justified",
            words="Spoke to the manager and the worker. One note was read; police were told in minutes.",
        )


def _asked(officer: Actor, reference: str) -> None:
    request = access.receive(
        actor=officer,
        reference=reference,
        received_on=timezone.localdate() - timedelta(days=20),
        asked="The person themself, by letter. Answer by post to the address in the letter.",
    )
    access.confirm_identity(actor=officer, request_id=request.pk, how="Passport seen at our office.")
    access.begin(actor=officer, request_id=request.pk)
    access.collect(request_id=request.pk)
    retention.place_hold(
        actor=officer,
        reference=reference,
        reason="Asked for by the coroner until the inquest is over.",
        review_on=timezone.localdate() + timedelta(days=90),
    )
