"""The Met and a tracing partner that may compare, with somebody whom the Met has looked for since long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foundation.accounts.enums import OrganisationKind, Role
from missingcases import services as cases
from missingcases.models import Incident
from missingcases.selectors import clocks_of
from partners.blind import files, services
from partners.blind.encoding import Known, key_bytes
from partners.blind.models import Candidate, Pairing
from tests.cast import Member, member, organisation
from tests.missingcases import making
from tests.missingcases.releasing import agreement

SOUGHT = {"given_names": "Katherine", "family_name": "Nowak", "date_of_birth": date(1979, 3, 12)}
LABEL = "TR-0417"


def partner_member(code: str = "tracing-trust", name: str = "Tracing Trust", at: str = "worker") -> Member:
    """A worker of a partner."""
    place = organisation(code, OrganisationKind.PARTNER, name)
    return member(f"{at}@{code}.example", "Jo Adeyemi", place, Role.PARTNER_WORKER)


def long_term(officer: Member, superintendent: Member, **given: Any) -> Incident:
    """Somebody missing whom a review has made long-term."""
    incident = making.report(officer.actor, **(SOUGHT | given))
    making.missing(superintendent.actor, incident)
    clock = clocks_of(incident).get(kind="day_28")
    cases.complete_review(
        actor=superintendent.actor, incident_id=incident.pk, clock_id=clock.pk, findings="Nothing new."
    )
    cases.make_long_term(actor=superintendent.actor, incident_id=incident.pk, reason="A year has passed.")
    incident.refresh_from_db()
    return incident


def strangers(number: int, start: int = 0) -> list[tuple[str, Known]]:
    """People of a partner's list whom no force looks for."""
    return [
        (f"X-{at}", Known(f"Zq{chr(97 + at % 26)}vw{at}", f"Jx{chr(97 + at // 26)}ky{at * 7}", "1931-01-01"))
        for at in range(start, start + number)
    ]


def patterns(pairing: Pairing, *people: tuple[str, Known], among: int = 60, start: int = 0) -> files.Patterns:
    """What a partner sends: `people` among strangers, encoded with the pair's key."""
    return files.sealed([*people, *strangers(among, start)], key_bytes(pairing.key))


def hers() -> tuple[str, Known]:
    """The partner's record of the same woman, with a letter wrong."""
    return LABEL, Known("Katherin", "Nowak", "12/03/1979")


@pytest.fixture
def worker(any_database: None) -> Member:
    """A worker of the tracing partner."""
    return partner_member()


@pytest.fixture
def other_worker(any_database: None) -> Member:
    """A worker of another partner."""
    return partner_member("lost-contact", "Lost Contact Service")


@pytest.fixture
def sought(met_officer: Member, met_superintendent: Member) -> Incident:
    """A long-term incident of the Met."""
    return long_term(met_officer, met_superintendent)


@pytest.fixture
def pairing(met_coordinator: Member, worker: Member) -> Pairing:
    """The Met and the partner share a key, which the partner has been shown."""
    agreement(met_coordinator, worker, "other", "possible_match")
    row = services.start_pairing(actor=met_coordinator.actor, partner_id=worker.organisation.pk)
    services.show_key(actor=worker.actor, pairing_id=row.pk)
    row.refresh_from_db()
    return row


@pytest.fixture
def candidate(pairing: Pairing, sought: Incident, worker: Member) -> Candidate:
    """The partner asked, and its record may be the woman the Met looks for."""
    services.ask(actor=worker.actor, pairing_id=pairing.pk, held=patterns(pairing, hers()))
    return Candidate.objects.get(incident=sought)


@pytest.fixture
def told(candidate: Candidate, met_coordinator: Member) -> Candidate:
    """The Met has confirmed it, so that the partner knows of it."""
    return services.confirm_here(actor=met_coordinator.actor, candidate_id=candidate.pk)
