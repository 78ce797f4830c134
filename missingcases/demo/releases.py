"""The demonstration's sharing agreements, and releases within them and outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from foundation.clock import in_london
from foundation.past import Agenda
from missingcases import services
from missingcases.agreements import services as agreements
from missingcases.agreements.models import Agreement
from missingcases.demo.building import History
from missingcases.enums import Ground, LawfulBasis, ReleaseKind

MANAGER, WORKER, INSPECTOR = "charity.manager", "charity.caseworker", "met.inspector"
_BASES = (LawfulBasis.PUBLIC_TASK, LawfulBasis.SAFEGUARDING, LawfulBasis.VITAL_INTERESTS)


class Sharing:
    """Acts of the two sides."""

    def __init__(self, history: History, agenda: Agenda) -> None:
        self.history = history
        self.agenda = agenda

    def draft(self, flow: str, days_ago: int, review_in: int, *fields: str) -> None:
        """The charity's manager writes an agreement with the Met, at that time, with that review."""
        day = in_london(self.agenda.now).date() - timedelta(days=days_ago)
        agreements.draft_agreement(
            actor=self.history.actor(MANAGER),
            other_id=self.history.organisations["metropolitan"],
            we_send=True,
            details=agreements.AgreementDetails(
                flow=flow,
                purpose="To find missing people, and to keep those who came back from harm.",
                field_names=fields,
                lawful_bases=_BASES,
                retention="As long as the force keeps the incident",
                contact="Data protection desks of both; the charity's duty manager at night",
                review_on=day + timedelta(days=review_in),
            ),
        )

    def sign(self, flow: str, who: str) -> None:
        """One side signs."""
        row = Agreement.objects.get(flow=flow)
        agreements.sign_agreement(actor=self.history.actor(who), reference=row.reference, version=row.version)

    def release(self, who: str, key: str, kind: str, to: str, text: str, **more: object) -> None:
        """A release of an incident that the charity knows of."""
        given: dict[str, object] = {
            "lawful_basis": LawfulBasis.PUBLIC_TASK,
            "purpose": "To find them, and to keep them safe.",
            "reason": "It helps the search, and they agreed.",
        }
        services.create_release(
            actor=self.history.actor(who),
            incident_id=self.history.incidents[key],
            to_organisation_id=self.history.organisations[to],
            kind=kind,
            fields={"text": text},
            **(given | more),  # type: ignore[arg-type]
        )


def plan(agenda: Agenda, history: History) -> None:
    """Put the agreements and some releases on the agenda."""
    sharing = Sharing(history, agenda)
    update, extract = ReleaseKind.FAMILY_UPDATE, ReleaseKind.INTERVIEW_EXTRACT

    def ago(step: Callable[[], object], **delta: float) -> None:
        agenda.ago(step, **delta)

    ago(partial(sharing.draft, update, 200, 210, "text"), days=200)
    ago(partial(sharing.draft, extract, 120, 365, "text", "where_and_with_whom"), days=120)
    for flow, days in ((update, 199), (extract, 119)):
        ago(partial(sharing.sign, flow, MANAGER), days=days)
        ago(partial(sharing.sign, flow, INSPECTOR), days=days - 1)
    # This one waits for the Met's signature.
    ago(partial(sharing.draft, ReleaseKind.INTELLIGENCE, 3, 365, "line", "grading", "reference"), days=3)
    ago(partial(sharing.sign, ReleaseKind.INTELLIGENCE, MANAGER), days=2)
    ago(
        partial(
            sharing.release,
            MANAGER,
            "ewan",
            update,
            "metropolitan",
            "His brother says that he used to fish from the footbridge at the lido.",
        ),
        minutes=70,
    )
    ago(
        partial(
            sharing.release,
            MANAGER,
            "freya",
            extract,
            "metropolitan",
            "She named a takeaway in the high street where older men give rides.",
        ),
        minutes=65,
    )
    ago(
        partial(
            sharing.release,
            MANAGER,
            "tom",
            extract,
            "la-lambeth",
            "He asked whether he has to go back to the placement tonight.",
            terms=services.ReleaseTerms(override_reason="No agreement with Lambeth yet; he is at risk."),
        ),
        minutes=45,
    )
    ago(
        partial(
            sharing.release,
            WORKER,
            "shanice",
            ReleaseKind.CONFIDENCE_BROKEN,
            "la-lambeth",
            "She is held in a room by an adult who uses a false name.",
            lawful_basis=LawfulBasis.SAFEGUARDING,
            reason="She is a child, held by an adult.",
            terms=services.ReleaseTerms(ground=Ground.CHILD_ABUSE),
        ),
        minutes=20,
    )
