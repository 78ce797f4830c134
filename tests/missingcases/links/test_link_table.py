"""Who may do what to a link."""

from __future__ import annotations

import itertools

import pytest

from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases.links.enums import LinkStatus
from missingcases.links.policies import may_ask
from missingcases.links.states import LINK, LINKERS
from missingcases.models import Incident

pytestmark = pytest.mark.django_db


def acting(role: Role, organisation_id: int | None) -> Actor:
    return Actor(organisation_id=organisation_id, roles=frozenset({role}), user_id=77, source="test")


@pytest.mark.parametrize(("source", "to"), list(itertools.product(LinkStatus.values, repeat=2)))
def test_the_whole_table(source: str, to: str, asked) -> None:
    asked.status = source
    sides = {
        (LinkStatus.ASKED, LinkStatus.ACCEPTED): {asked.asked_id},
        (LinkStatus.ASKED, LinkStatus.JOINED): {asked.asked_id, asked.asking_id},
        (LinkStatus.ASKED, LinkStatus.DECLINED): {asked.asked_id},
        (LinkStatus.ASKED, LinkStatus.WITHDRAWN): {asked.asking_id},
        (LinkStatus.ACCEPTED, LinkStatus.ENDED): {asked.asked_id, asked.asking_id},
    }.get((source, to), set())
    for organisation_id in (asked.asked_id, asked.asking_id, 0):
        may = {role for role in Role if LINK.refusal(asked, to, acting(role, organisation_id), "why") is None}
        expected = set(LINKERS) if organisation_id in sides else set()
        machinery = {Role.SYSTEM} if to in {LinkStatus.WITHDRAWN, LinkStatus.ENDED} and sides else set()
        assert may == expected | machinery
    if to in {LinkStatus.DECLINED, LinkStatus.ENDED} and sides:
        assert LINK.refusal(asked, to, acting(Role.POLICE_SUPERVISOR, min(sides)), "") is not None


def test_an_incident_of_another_force_is_not_asked_about(
    ours, authority_worker, met_supervisor, kent
) -> None:
    foreign = Incident.objects.get(pk=ours.pk)
    foreign.owner_id = kent.pk
    refusal = may_ask(met_supervisor.actor, foreign)
    assert refusal is not None
    assert refusal.code == "other_organisation"
