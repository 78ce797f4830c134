"""The tables an administrator edits. A change holds for what happens after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import ActionRule, ReviewRule
from missingcases.policies import may_edit_rules
from missingcases.services.common import apply

R = TypeVar("R", bound=models.Model)


def save_action_rule(
    *, actor: Actor, rule_id: int | None, version: int, values: Mapping[str, Any]
) -> ActionRule:
    """Add or change one trigger. Raises `Conflict` with both sides, `Invalid`, `Refused`, `NotVisible`."""
    return _save(ActionRule, actor, rule_id, version, {**values, "updated_by_id": actor.user_id})


def save_review_rule(
    *, actor: Actor, rule_id: int | None, version: int, values: Mapping[str, Any]
) -> ReviewRule:
    """Add or change one line of the review table. Clocks that run already keep their time."""
    return _save(ReviewRule, actor, rule_id, version, values)


@transaction.atomic
def _save(model: type[R], actor: Actor, rule_id: int | None, version: int, values: Mapping[str, Any]) -> R:
    require(may_edit_rules(actor))
    try:
        with transaction.atomic():
            row, changed = _written(model, rule_id, version, values)
    except IntegrityError:
        raise Invalid({"__all__": "There is such a line already, or its threshold is missing."}) from None
    if changed:
        audit.record(actor=actor, action="rules.changed", target=row, fields=changed)
    return row


def _written(
    model: type[R], rule_id: int | None, version: int, values: Mapping[str, Any]
) -> tuple[R, list[str]]:
    if rule_id is None:
        return model._base_manager.create(**values), sorted(values)
    row = model._base_manager.select_for_update(no_key=True).filter(pk=rule_id).first()
    if row is None:
        raise NotVisible(f"rule {rule_id}")
    return row, apply(row, version=version, changes=values)
