"""National agreement by telephone, as it often comes at night (domain.md section 5)."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alerts import policies
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, TelephoneAgreement
from alerts.selectors import may_hear
from alerts.services.common import hold, need, noted, person, written
from alerts.states import ALERT
from foundation.access import require
from foundation.actors import Actor
from foundation.exceptions import NotVisible
from foundation.states import move_held

LONGEST_NAME = 120


@transaction.atomic
def record_telephone_agreement(
    *,
    actor: Actor,
    alert_id: int,
    officer_name: str,
    called_back_on: str,
    asked_id: int | None = None,
    version: int | None = None,
) -> TelephoneAgreement:
    """Record who of the national unit agreed, called back on a number of the directory.

    It counts once somebody else has witnessed it: another duty manager, or the caseworker `asked_id` who
    heard the call, who sees the alert until then. `called_back_on` is one of
    `settings.ALERT_DIRECTORY_NUMBERS`. Raises `Refused`, `Invalid`, `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_record_agreement(actor, alert))
    need(_problems(officer_name, called_back_on))
    if asked_id is not None and not may_hear(actor).filter(pk=asked_id).exists():
        need({"asked": "Choose somebody of the list: a caseworker of the charity, and not yourself."})
    agreement = TelephoneAgreement.objects.create(
        alert=alert,
        officer_name=officer_name.strip(),
        called_back_on=called_back_on,
        asked_id=asked_id,
        recorded_by_id=person(actor),
        recorded_at=timezone.now(),
    )
    written(alert)
    noted(actor, alert, "telephone_recorded", "officer_name", "called_back_on", "asked")
    return agreement


@transaction.atomic
def witness_agreement(*, actor: Actor, alert_id: int, version: int | None = None) -> ChildRescueAlert:
    """Witness the agreement that is recorded: with that it is agreed.

    Raises `Refused`, `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_witness(actor, alert))
    agreement = alert.telephone_agreements.get(is_void=False)
    now = timezone.now()
    agreement.witnessed_by_id, agreement.witnessed_at = person(actor), now
    agreement.save(update_fields=["witnessed_by", "witnessed_at"])
    move_held(
        alert,
        ALERT,
        AlertStatus.NCA_AGREED,
        actor=actor,
        changes={
            "recorded_by_id": agreement.recorded_by_id,
            "witnessed_by_id": agreement.witnessed_by_id,
            "agreed_at": now,
        },
    )
    return alert


@transaction.atomic
def take_back_agreement(*, actor: Actor, alert_id: int) -> ChildRescueAlert:
    """Set aside what was recorded and not witnessed, so that it is recorded anew or agreed here.

    Raises `Refused`, `NotVisible`.
    """
    alert = hold(actor, alert_id)
    require(policies.may_take_back_agreement(actor, alert))
    if not alert.telephone_agreements.filter(is_void=False).update(is_void=True):
        raise NotVisible(alert.reference)
    written(alert)
    noted(actor, alert, "telephone_taken_back")
    return alert


def _problems(officer_name: str, called_back_on: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not officer_name.strip():
        problems["officer_name"] = "Enter the name of the officer who agreed."
    elif len(officer_name.strip()) > LONGEST_NAME:
        problems["officer_name"] = f"Use {LONGEST_NAME} characters or fewer."
    if called_back_on not in settings.ALERT_DIRECTORY_NUMBERS:
        problems["called_back_on"] = "Choose the directory number on which you called them back."
    return problems
