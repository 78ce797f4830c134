"""What a scenario does inside an installation of `dev.py run`, by `dev.py manage shell`: ask, and count."""

from __future__ import annotations

import json
from collections.abc import Sequence

from foundation.accounts.models import Membership, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.sandbox.control import Control
from tests.faults.counting import account
from tests.faults.flood import Flood


def flood() -> Flood:
    """The demonstration's own people; numbers that its own texts did not go to."""
    made = Flood(_demo("met.officer"), _demo("met.supervisor"), _demo("charity.caseworker"))
    for _ in range(700):
        next(made.numbers)
    return made


def _demo(mailbox: str) -> Actor:
    user = User.objects.get(email=f"{mailbox}@demo.harbour.test")
    place = Membership.objects.filter(user=user).values_list("organisation_id", flat=True).first()
    return actor_for(user, organisation_id=place, source="test")


def ask(times: int) -> None:
    """Ask for so many texts and print which, as JSON."""
    asked = flood()
    asked.ask_many(times)
    references = list(asked.messages.values_list("reference", flat=True))
    print(json.dumps({"requests": asked.requests, "references": references}))


def count(fault: str, requests: Sequence[int], provider: str, hit: int) -> None:
    """Wait for their end and write the row."""
    asked = flood()
    asked.requests.extend(requests)
    asked.clear_up()
    account(fault, asked, Control(provider), hit=hit)
