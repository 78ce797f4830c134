"""Whose word is whose: the policies and guards that no page lets anybody come to."""

from __future__ import annotations

from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from partners.blind import policies, states
from partners.blind.deadlines import CANDIDATE_LATE_AFTER, late_at
from partners.blind.models import Candidate, Pairing

FORCE, PARTNER = 1, 2


def actor(
    where: int,
    *roles: Role,
    user: int | None = 7,
    kind: str = "police_force",
    client: int | None = None,
) -> Actor:
    return Actor(
        organisation_id=where,
        organisation_kind=OrganisationKind(kind),
        roles=frozenset(roles),
        user_id=user,
        client_id=client,
    )


COORDINATOR = actor(FORCE, Role.POLICE_COORDINATOR)
WORKER = actor(PARTNER, Role.PARTNER_WORKER, user=8, kind="partner")
SYSTEM_OF_PARTNER = actor(PARTNER, Role.API_CLIENT, user=None, kind="partner", client=5)


def pairing(**given: object) -> Pairing:
    return Pairing(holder_id=FORCE, partner_id=PARTNER, **{"status": "active", "key": "0" * 64, **given})


def code(refusal: Refusal | None) -> str:
    return refusal.code if refusal else ""


def test_who_starts() -> None:
    assert code(policies.may_start(COORDINATOR)) == ""
    assert code(policies.may_start(WORKER)) == "not_a_force"
    assert code(policies.may_start(actor(FORCE, Role.POLICE_OFFICER))) == "role"


def test_who_takes_and_renews_the_key() -> None:
    assert code(policies.may_take_key(WORKER, pairing())) == ""
    keeper = actor(PARTNER, Role.ADMINISTRATOR, kind="partner")
    assert code(policies.may_take_key(keeper, pairing())) == "role"
    assert code(policies.may_renew_key(WORKER, pairing())) == ""
    assert code(policies.may_renew_key(actor(9, Role.PARTNER_WORKER), pairing())) == "other_organisation"
    assert code(policies.may_renew_key(actor(FORCE, Role.POLICE_OFFICER), pairing())) == "role"


def test_a_system_of_the_partner_may_ask_once_there_is_a_key() -> None:
    shown = timezone.now()
    assert code(policies.may_ask(SYSTEM_OF_PARTNER, pairing(key_shown_at=shown))) == ""
    assert code(policies.may_ask(SYSTEM_OF_PARTNER, pairing())) == "no_key"
    assert code(policies.may_ask(SYSTEM_OF_PARTNER, pairing(status="ended", key=""))) == "pairing_ended"


def test_each_side_speaks_for_itself() -> None:
    told = Candidate(pairing=pairing(), here_by_id=8)
    system = Actor.system("test")
    assert code(states.either_side(pairing(), actor(9, Role.POLICE_COORDINATOR))) == "other_organisation"
    assert code(states.either_side(pairing(), WORKER)) == ""
    assert [code(states.here(told, who)) for who in (COORDINATOR, system, WORKER)] == [
        "",
        "",
        "other_organisation",
    ]
    assert code(states.there(told, COORDINATOR)) == "other_organisation"
    assert code(states.there(told, WORKER)) == "same_person"
    assert code(states.there(Candidate(pairing=pairing(), here_by_id=7), WORKER)) == ""
    assert code(states.there(Candidate(pairing=pairing(), here_by_id=7), SYSTEM_OF_PARTNER)) == "same_person"
    assert code(states.here_and_open(told, actor(FORCE, Role.POLICE_COORDINATOR, user=None))) == "person"
    assert code(states.there_and_open(told, WORKER)) == "same_person"


def test_nothing_goes_on_once_the_two_compare_no_more() -> None:
    row = Candidate(pairing=pairing(status="ended", key=""), here_by_id=7)

    assert code(states.may_go_on(row)) == "pairing_ended"
    assert code(states.there_and_open(row, WORKER)) == "gone"


def test_a_candidate_is_late_after_a_week() -> None:
    now = timezone.now()

    assert late_at(now) - now == CANDIDATE_LATE_AFTER
