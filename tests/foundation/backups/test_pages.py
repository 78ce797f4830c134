"""The page on which two people let a restored system go."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.backups import selectors
from foundation.backups.enums import Step
from foundation.backups.models import Hold, HoldStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def hold() -> Hold:
    now = timezone.now()
    made = Hold.objects.create(backup_made_at=now, restored_at=now, reapplied_at=now, reconciled_at=now)
    HoldStep.objects.bulk_create(HoldStep(hold=made, step=step) for step in Step)
    return made


def step_of(hold: Hold, step: str) -> HoldStep:
    return hold.steps.get(step=step)


def client(member) -> Client:
    return member.sign_in(Client())


def ask(member, step: HoldStep):
    address = reverse("backups:release", args=[step.pk])
    return client(member).post(address, {"reason": "Looked through the list."}, follow=True)


def test_one_asks_and_another_confirms(hold, duty_manager, administrator) -> None:
    step = step_of(hold, "public")
    ask(duty_manager, step)
    assert selectors.is_held("public")
    again = ask(duty_manager, step).content.decode()
    assert "a second person confirms" in again
    assert selectors.is_held("public")

    ask(administrator, step)
    assert not selectors.is_held("public")
    assert selectors.is_held("normal")
    actions = list(AuditEvent.objects.filter(target="backups.HoldStep").values_list("action", flat=True))
    assert sorted(actions) == ["hold.release_asked", "hold.released"]


def test_the_asking_can_be_taken_back(hold, duty_manager, administrator) -> None:
    step = step_of(hold, "bulk")
    ask(duty_manager, step)
    client(administrator).post(reverse("backups:withdraw", args=[step.pk]))
    step.refresh_from_db()
    assert step.asked_at is None


def test_nothing_goes_before_the_ledger_and_no_lane_before_the_provider_was_asked(hold, duty_manager) -> None:
    Hold.objects.update(reconciled_at=None)
    assert "text provider has to be asked" in ask(duty_manager, step_of(hold, "normal")).content.decode()
    ask(duty_manager, step_of(hold, "public"))
    assert step_of(hold, "public").asked_at
    Hold.objects.update(reapplied_at=None)
    assert "ledger" in ask(duty_manager, step_of(hold, "alert")).content.decode()
    assert step_of(hold, "alert").asked_at is None


def test_a_reason_is_asked_for(hold, duty_manager) -> None:
    answer = client(duty_manager).post(reverse("backups:release", args=[step_of(hold, "bulk").pk]), {})
    assert "What have you checked?" in answer.content.decode()
    assert step_of(hold, "bulk").asked_at is None


def test_forces_and_others_see_nothing_of_it(hold, met_administrator, caseworker, met_officer) -> None:
    for member in (met_administrator, caseworker, met_officer):
        assert client(member).get(reverse("backups:hold")).status_code == 403
        assert (
            client(member).post(reverse("backups:withdraw", args=[hold.steps.first().pk])).status_code == 403
        )


def test_the_page_says_how_it_stands(hold, duty_manager) -> None:
    held = client(duty_manager).get(reverse("backups:hold")).content.decode()
    assert "restored from a backup and is held" in held
    assert "No backup was made by this system" in held
    Hold.objects.update(reapplied_at=None, reconciled_at=None, failed=1, unmatched=2, unreadable=3, unclear=4)
    troubled = client(duty_manager).get(reverse("backups:hold")).content.decode()
    assert "Not done yet" in troubled
    assert "Not asked yet" in troubled
    assert "lines that no key opens" in troubled


def test_a_system_never_restored_says_so_and_holds_nothing(duty_manager) -> None:
    assert "never restored" in client(duty_manager).get(reverse("backups:hold")).content.decode()
    assert selectors.held() == set()


def test_the_database_itself_asks_for_two(hold, duty_manager) -> None:
    one = {"asked_by_id": duty_manager.user.pk, "released_by_id": duty_manager.user.pk}
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldStep.objects.filter(hold=hold).update(**one, asked_at=timezone.now(), released_at=timezone.now())
