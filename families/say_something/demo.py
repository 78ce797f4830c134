"""The demonstration's accounts: one in each state, by each way."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from families.say_something import selectors, services
from families.say_something.models import Account
from foundation.past import Agenda
from missingcases.demo import History

WORKER = "charity.caseworker"


def plan(agenda: Agenda, history: History) -> None:
    """Put them on the agenda."""

    def number() -> UUID:
        return UUID(int=history.chance.getrandbits(128))

    def told(words: str, kind: str, place: str, *, is_urgent: bool = False) -> Account:
        return services.take_call(
            actor=history.actor(WORKER),
            form_token=number(),
            words=words,
            kind=kind,
            place=place,
            is_urgent=is_urgent,
        )

    def written() -> None:
        services.take_form(
            form_key=number(),
            words="A man waits by the shops after school and gives out vapes. Then they owe him favours.",
            kind="sexual",
            place="The shops by the bus garage",
            is_urgent=False,
        )
        services.read_submissions()

    def texted() -> None:
        services.take_text(
            provider_id="demonstration",
            words="they make him sell on the estate or they hurt his brother",
            received_at=timezone.now(),
        )

    def raised() -> None:
        account = told("Girls are brought to the flat over the shop at night.", "sexual", "High Street")
        services.raise_intelligence(
            actor=history.actor(WORKER),
            account_id=account.pk,
            kind="sexual",
            force_id=selectors.forces().get(code="metropolitan").pk,
            is_urgent=False,
            rang_999=False,
        )

    def set_aside() -> None:
        account = told("It is all lies what they say.", "other", "")
        services.set_aside(actor=history.actor(WORKER), account_id=account.pk, reason="Nothing to go on.")

    agenda.ago(raised, minutes=2900)
    agenda.ago(set_aside, minutes=2000)
    agenda.ago(written, minutes=34)
    agenda.ago(texted, minutes=11)
