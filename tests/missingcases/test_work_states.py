"""Actions, transfers, releases and files: every from, by and to of their tables."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.accounts.enums import POLICE, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import StateTable
from missingcases.enums import ActionStatus, ReleaseStatus, ScanStatus, TransferStatus
from missingcases.models import Action, Attachment, Release, Transfer
from missingcases.states import ACTION, ATTACHMENT_SCAN, RELEASE, TRANSFER
from tests.missingcases.making import standing_in

pytestmark = pytest.mark.django_db

WORKERS = POLICE | {
    Role.SYSTEM,
    Role.LOCAL_AUTHORITY,
    Role.CHARITY_CASEWORKER,
    Role.CHARITY_MANAGER,
    Role.NATIONAL_UNIT,
    Role.PARTNER_WORKER,
}
DECIDERS = POLICE | {Role.CHARITY_MANAGER, Role.SYSTEM}


def acting(role: Role, organisation_id: int, user_id: int | None = None) -> Actor:
    return Actor(organisation_id=organisation_id, roles=frozenset({role}), user_id=user_id, source="test")


def who_may(table: StateTable, row: Any, to: str, organisation_id: int, reason: str = "why") -> set[Role]:
    return {
        role for role in Role if table.refusal(row, to, acting(role, organisation_id, 77), reason) is None
    }


def action(status: str, owner_id: int, holder_id: int) -> Action:
    now = timezone.now()
    done = {} if status == ActionStatus.OPEN else {"done_at": now}
    incident = standing_in("missing", owner_id)
    return Action.objects.create(
        incident=incident, kind="task", title="Ring", owner_id=holder_id, due_at=now, status=status, **done
    )


@pytest.mark.parametrize(("source", "to"), list(itertools.product(ActionStatus.values, repeat=2)))
def test_whoever_holds_an_action_finishes_it(source: str, to: str, met, lambeth) -> None:
    row = action(source, met.pk, lambeth.pk)
    allowed = source == ActionStatus.OPEN and to != ActionStatus.OPEN
    assert who_may(ACTION, row, to, lambeth.pk) == (WORKERS if allowed else set())
    # The owner force of the incident does not finish an authority's task; our machinery may.
    assert who_may(ACTION, row, to, met.pk) == ({Role.SYSTEM} if allowed else set())
    if allowed:
        without = who_may(ACTION, row, to, lambeth.pk, reason="")
        assert without == (WORKERS if to == ActionStatus.DONE else set())


def transfer(status: str, met_id: int, kent_id: int, **given: Any) -> Transfer:
    now = timezone.now()
    decided = {} if status == TransferStatus.OFFERED else {"decided_at": now}
    return Transfer.objects.create(
        incident=standing_in("missing", met_id),
        from_organisation_id=met_id,
        to_organisation_id=kent_id,
        status=status,
        reason="Lives there.",
        offered_at=now,
        answer_by=now + timedelta(hours=4),
        **decided | given,
    )


@pytest.mark.parametrize(("source", "to"), list(itertools.product(TransferStatus.values, repeat=2)))
def test_the_other_force_answers_and_ours_withdraws(source: str, to: str, met, kent, lambeth) -> None:
    row = transfer(source, met.pk, kent.pk)
    offered = source == TransferStatus.OFFERED
    answers = offered and to in {TransferStatus.ACCEPTED, TransferStatus.DECLINED}
    withdraws = offered and to == TransferStatus.WITHDRAWN
    machine = {Role.SYSTEM} if withdraws else set()
    assert who_may(TRANSFER, row, to, kent.pk) == (SUPERVISORS if answers else machine)
    assert who_may(TRANSFER, row, to, met.pk) == (SUPERVISORS | machine if withdraws else set())
    assert who_may(TRANSFER, row, to, lambeth.pk) == machine
    if answers or withdraws:
        needs = to == TransferStatus.DECLINED
        mine = kent.pk if answers else met.pk
        assert bool(who_may(TRANSFER, row, to, mine, reason="")) is not needs


def test_an_offer_to_one_person_is_answered_by_that_person(met, kent, kent_supervisor) -> None:
    row = transfer(TransferStatus.OFFERED, met.pk, kent.pk, to_user=kent_supervisor.user)
    assert TRANSFER.may(row, TransferStatus.ACCEPTED, kent_supervisor.actor) is None
    refusal = TRANSFER.may(row, TransferStatus.ACCEPTED, acting(Role.POLICE_INSPECTOR, kent.pk, 77))
    assert refusal is not None
    assert refusal.code == "not_receiver"


def release(status: str, kind: str, sender_id: int, receiver_id: int, author: Any, decider: Any) -> Release:
    now = timezone.now()
    decided = {} if status == ReleaseStatus.DRAFT else {"decided_at": now, "decided_by": decider}
    revoked = {"revoked_at": now} if status == ReleaseStatus.REVOKED else {}
    owner = receiver_id if kind == "threat_to_life" else sender_id
    return Release.objects.create(
        incident=standing_in("missing", owner),
        kind=kind,
        status=status,
        from_organisation_id=sender_id,
        to_organisation_id=receiver_id,
        field_names=["text"],
        content='{"text": "x"}',
        purpose="To protect life",
        lawful_basis="vital_interests",
        reason="Danger",
        author=author,
        **decided,
        **revoked,
    )


RELEASE_WAYS = {
    (ReleaseStatus.DRAFT, ReleaseStatus.APPROVED),
    (ReleaseStatus.DRAFT, ReleaseStatus.REFUSED),
    (ReleaseStatus.APPROVED, ReleaseStatus.REVOKED),
}


@pytest.mark.parametrize(("source", "to"), list(itertools.product(ReleaseStatus.values, repeat=2)))
def test_the_releasing_side_decides(source, to, met, charity, met_officer, met_supervisor) -> None:
    row = release(source, "service_request", met.pk, charity.pk, met_officer.user, met_supervisor.user)
    allowed = (source, to) in RELEASE_WAYS
    # A service that a system of the force asks for takes its own release.
    deciders = DECIDERS | ({Role.API_CLIENT} if to == ReleaseStatus.APPROVED else set())
    assert who_may(RELEASE, row, to, met.pk) == (deciders if allowed else set())
    assert who_may(RELEASE, row, to, charity.pk) == ({Role.SYSTEM} if allowed else set())
    if allowed:
        needs = to != ReleaseStatus.APPROVED
        assert bool(who_may(RELEASE, row, to, met.pk, reason="")) is not needs


@pytest.mark.parametrize(("source", "to"), list(itertools.product(ReleaseStatus.values, repeat=2)))
def test_a_threat_to_life_is_decided_by_a_manager_who_did_not_write_it(
    source, to, met, charity, caseworker, duty_manager
) -> None:
    row = release(source, "threat_to_life", charity.pk, met.pk, caseworker.user, duty_manager.user)
    allowed = (source, to) in RELEASE_WAYS
    # What had been taken back before a restore is taken back again (missingcases/services/restored.py).
    machinery = {Role.SYSTEM} if (source, to) == (ReleaseStatus.APPROVED, ReleaseStatus.REVOKED) else set()
    # In an authority that holds its own interviews every worker may be the second person.
    managers = {Role.CHARITY_MANAGER, Role.LOCAL_AUTHORITY}
    assert who_may(RELEASE, row, to, charity.pk) == (managers | machinery if allowed else set())
    assert who_may(RELEASE, row, to, met.pk) == machinery
    if allowed:
        own = acting(Role.CHARITY_MANAGER, charity.pk, caseworker.user.pk)
        refusal = RELEASE.refusal(row, to, own, "why")
        assert refusal is not None
        assert refusal.code == "same_person"


@pytest.mark.parametrize(("source", "to"), list(itertools.product(ScanStatus.values, repeat=2)))
def test_only_the_scanner_says_what_a_file_is(source: str, to: str, met) -> None:
    row = Attachment.objects.create(
        incident=standing_in("missing", met.pk),
        organisation=met,
        audience="owner",
        stored_name="a" * 32,
        original_name="letter.pdf",
        content_type="application/pdf",
        size=3,
        sha256="0" * 64,
        scan_status=source,
    )
    allowed = source == ScanStatus.WAITING and to != ScanStatus.WAITING
    assert who_may(ATTACHMENT_SCAN, row, to, met.pk) == ({Role.SYSTEM} if allowed else set())
