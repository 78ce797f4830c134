"""A force's own times and duty telephones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging import addresses
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from missingcases.desk.models import LONGEST_MINUTES, DeskRule
from missingcases.desk.policies import may_set_times
from missingcases.services.common import apply

_MINUTES = ("escalate_minutes", "again_minutes")
_PHONES = ("supervisor_phone", "inspector_phone")


@transaction.atomic
def save_times(*, actor: Actor, version: int, values: Mapping[str, Any]) -> DeskRule:
    """Save them for the actor's force; clocks that run keep their time.

    Raises `Refused`, `Invalid` by field, `Conflict` with both sides where somebody saved meanwhile.
    """
    require(may_set_times(actor))
    checked = _checked(values)
    DeskRule.objects.get_or_create(organisation_id=actor.organisation_id or 0)
    row = DeskRule.objects.select_for_update(no_key=True).get(organisation_id=actor.organisation_id or 0)
    changed = apply(row, version=version, changes=checked)
    if changed:
        audit.record(actor=actor, action="desk.times_changed", target=row, fields=changed)
    return row


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name in _MINUTES:
        checked[name] = values[name]
        if not 1 <= checked[name] <= LONGEST_MINUTES:
            problems[name] = f"Enter between 1 and {LONGEST_MINUTES} minutes."
    for name in _PHONES:
        given = values.get(name, "").strip()
        try:
            checked[name] = addresses.normalise(Channel.SMS, given) if given else ""
            if given:
                addresses.check_dialable(Channel.SMS, checked[name])
        except (InvalidAddress, NotDialable) as problem:
            problems[name] = str(problem)
    if problems:
        raise Invalid(problems)
    return checked
