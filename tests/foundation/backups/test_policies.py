"""Who lets a restored system go, refusal by refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from foundation.access import Refusal
from foundation.backups import policies
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep
from tests.cast import Member

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def step(of: Step, *, reapplied: bool = True, reconciled: bool = True, **given: object) -> HoldStep:
    now = timezone.now()
    hold = Hold(reapplied_at=now if reapplied else None, reconciled_at=now if reconciled else None)
    return HoldStep(hold=hold, step=of, **given)


SENDING = next(one for one in Step if one != Step.PUBLIC)


def test_the_charitys_managers_and_administrators_ask(
    duty_manager: Member, administrator: Member, caseworker: Member, met_supervisor: Member
) -> None:
    assert policies.may_ask(duty_manager.actor, step(SENDING)) is None
    assert policies.may_ask(administrator.actor, step(SENDING)) is None
    assert code(policies.may_ask(caseworker.actor, step(SENDING))) == "role"
    assert code(policies.may_ask(met_supervisor.actor, step(SENDING))) == "organisation"


def test_nothing_is_asked_for_twice(duty_manager: Member) -> None:
    now = timezone.now()
    assert code(policies.may_ask(duty_manager.actor, step(SENDING, released_at=now))) == "released"
    assert code(policies.may_ask(duty_manager.actor, step(SENDING, asked_at=now))) == "asked"


def test_a_second_person_confirms_what_was_asked(duty_manager: Member, administrator: Member) -> None:
    now = timezone.now()
    asked = step(SENDING, asked_at=now, asked_by_id=duty_manager.user.pk)
    assert policies.may_confirm(administrator.actor, asked) is None
    assert code(policies.may_confirm(duty_manager.actor, asked)) == "same_person"
    assert code(policies.may_confirm(administrator.actor, step(SENDING))) == "not_asked"
    assert code(policies.may_confirm(administrator.actor, step(SENDING, released_at=now))) == "released"


def test_nothing_goes_before_what_is_missing_was_done_again(duty_manager: Member) -> None:
    before = step(SENDING, reapplied=False)
    unreconciled = {one: step(one, reconciled=False) for one in Step}
    assert code(policies.may_ask(duty_manager.actor, before)) == "ledger"
    assert code(policies.may_ask(duty_manager.actor, unreconciled[SENDING])) == "provider"
    assert policies.may_ask(duty_manager.actor, unreconciled[Step.PUBLIC]) is None, "it sends nothing"


def test_a_machine_lets_nothing_go(duty_manager: Member) -> None:
    machine = replace(duty_manager.actor, roles=frozenset())
    assert code(policies.may_ask(machine, step(SENDING))) == "role"
