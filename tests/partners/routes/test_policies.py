"""Whose step a step is, where no page lets anybody else come to it."""

from __future__ import annotations

from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident
from partners.proposals.policies import may_decide
from partners.routes.deadlines import due_at
from partners.routes.models import Concern
from partners.routes.policies import may_raise
from partners.routes.states import CONCERN, of_the_owner

OWN = Incident(owner_id=1)


def officer(where: int, role: Role = Role.POLICE_OFFICER) -> Actor:
    kind = OrganisationKind.POLICE_FORCE
    return Actor(organisation_id=where, organisation_kind=kind, roles=frozenset({role}), user_id=7)


def test_the_force_that_holds_the_incident_raises_and_steps() -> None:
    concern = Concern(incident=OWN, path="child", status="raised")
    assert may_raise(officer(1), OWN) is None
    for refusal in (may_raise(officer(2), OWN), of_the_owner(concern, officer(2))):
        assert refusal is not None
        assert refusal.code == "other_organisation"
    assert of_the_owner(concern, Actor.system("test")) is None
    refusal = CONCERN.may(concern, "authority_told", officer(2))
    assert refusal is not None
    assert refusal.code == "other_organisation"


def test_nothing_is_due_where_a_path_has_no_next_step() -> None:
    assert due_at("child", "referred", timezone.now()) is None


def test_another_force_says_nothing_of_a_review() -> None:
    refusal = may_decide(officer(2, Role.POLICE_INSPECTOR), OWN)
    assert refusal is not None
    assert refusal.code == "other_organisation"
    assert may_decide(officer(1, Role.POLICE_INSPECTOR), OWN) is None
