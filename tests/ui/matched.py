"""Blind matching with a partner, as its pages show it: a match that waits for each side."""

from __future__ import annotations

from partners.blind import services
from partners.blind.models import Candidate
from tests.cast import Member
from tests.missingcases.releasing import agreement
from tests.partners.blind.conftest import hers, long_term, patterns


def matches_for_each_side(
    officer: Member, superintendent: Member, coordinator: Member, worker: Member
) -> None:
    """Two long-term people who may be known to the partner; of one it was told."""
    agreement(coordinator, worker, "other", "possible_match")
    for given, family in (("Katherine", "Nowak"), ("Benedict", "Quillfeather")):
        long_term(officer, superintendent, given_names=given, family_name=family)
    pairing = services.start_pairing(actor=coordinator.actor, partner_id=worker.organisation.pk)
    services.show_key(actor=worker.actor, pairing_id=pairing.pk)
    label, known = hers()
    other = type(known)("Benedict", "Quilfeather", known.date_of_birth)
    services.ask(
        actor=worker.actor,
        pairing_id=pairing.pk,
        held=patterns(pairing, (label, known), ("TR-0502", other)),
    )
    told = Candidate.objects.filter(pairing=pairing).order_by("pk").first()
    assert told is not None
    services.confirm_here(actor=coordinator.actor, candidate_id=told.pk)
