"""Writing, signing, reviewing and ending sharing agreements. The only writers of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import Conflict, Invalid
from foundation.states import move_held
from missingcases.agreements.deadlines import latest_review
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.models import GRACE_DAYS, Agreement
from missingcases.agreements.policies import may_draft, may_edit, may_review, may_sign
from missingcases.agreements.selectors import held_agreement
from missingcases.agreements.states import AGREEMENT
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.release_rules import RULES

_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MOST_GRACE = 90


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What an agreement says."""

    flow: str
    purpose: str
    field_names: Sequence[str]
    lawful_bases: Sequence[str]
    retention: str
    contact: str
    review_on: date
    grace_days: int = GRACE_DAYS


@transaction.atomic
def draft_agreement(*, actor: Actor, other_id: int, we_send: bool, details: AgreementDetails) -> Agreement:
    """Write a draft between the actor's organisation and another. Raises `Refused`, `Invalid`."""
    require(may_draft(actor))
    ours = actor.organisation_id or 0
    from_id, to_id = (ours, other_id) if we_send else (other_id, ours)
    _check(details, from_id, to_id)
    agreement = Agreement.objects.create(
        from_organisation_id=from_id,
        to_organisation_id=to_id,
        drafted_by_id=actor.user_id,
        **_columns(details),
    )
    _note(actor, agreement, "agreement.drafted", sorted(_columns(details)))
    return agreement


@transaction.atomic
def edit_agreement(*, actor: Actor, reference: str, version: int, details: AgreementDetails) -> Agreement:
    """Change a draft. A signature was for other words, so it goes. Raises `Conflict`, `Invalid`."""
    agreement = held_agreement(actor, reference)
    require(may_edit(actor, agreement))
    columns = _columns(details)
    _same(agreement, version, columns)
    _check(details, agreement.from_organisation_id, agreement.to_organisation_id)
    changed = [name for name, value in columns.items() if getattr(agreement, name) != value]
    if not changed:
        return agreement
    for name in changed:
        setattr(agreement, name, columns[name])
    agreement.from_signed_by = agreement.to_signed_by = None
    agreement.from_signed_at = agreement.to_signed_at = None
    agreement.version += 1
    agreement.save()
    _note(actor, agreement, "agreement.changed", changed)
    return agreement


@transaction.atomic
def sign_agreement(*, actor: Actor, reference: str, version: int) -> Agreement:
    """Sign what was read (`version`) for the actor's side; with both signatures it is in force."""
    agreement = held_agreement(actor, reference)
    _same(agreement, version, {})
    require(may_sign(actor, agreement))
    side = "from" if actor.organisation_id == agreement.from_organisation_id else "to"
    setattr(agreement, f"{side}_signed_by_id", actor.user_id)
    setattr(agreement, f"{side}_signed_at", timezone.now())
    agreement.save(update_fields=[f"{side}_signed_by", f"{side}_signed_at"])
    _note(actor, agreement, "agreement.signed", [f"{side}_signed_by"])
    if agreement.from_signed_by_id is not None and agreement.to_signed_by_id is not None:
        move_held(agreement, AGREEMENT, AgreementStatus.IN_FORCE, actor=actor)
    return agreement


@transaction.atomic
def review_agreement(
    *, actor: Actor, reference: str, version: int, review_on: date, findings: str
) -> Agreement:
    """Say that it still holds, what was found, and when it is looked at next."""
    agreement = held_agreement(actor, reference)
    require(may_review(actor, agreement))
    _same(agreement, version, {"review_on": review_on})
    problems = _review_problems(review_on)
    if not findings.strip():
        problems["findings"] = "Say what the review found."
    _refuse(problems)
    agreement.review_on, agreement.findings = review_on, findings.strip()
    agreement.reviewed_by_id, agreement.reviewed_at = actor.user_id, timezone.now()
    agreement.version += 1
    agreement.save(update_fields=["review_on", "findings", "reviewed_by", "reviewed_at", "version"])
    _note(actor, agreement, "agreement.reviewed", ["review_on", "findings"])
    return agreement


@transaction.atomic
def end_agreement(*, actor: Actor, reference: str, reason: str) -> Agreement:
    """End it, or drop the draft: from now on it covers nothing. What was released stays released."""
    agreement = held_agreement(actor, reference)
    changes = {"ended_at": timezone.now()}
    return move_held(agreement, AGREEMENT, AgreementStatus.ENDED, actor=actor, reason=reason, changes=changes)


def _columns(details: AgreementDetails) -> dict[str, Any]:
    columns = {name: one.strip() if isinstance(one, str) else one for name, one in asdict(details).items()}
    lists = {name: sorted(set(columns[name])) for name in ("field_names", "lawful_bases")}
    return columns | lists


def _check(details: AgreementDetails, from_id: int, to_id: int) -> None:
    problems = _review_problems(details.review_on)
    for name, words in (
        ("purpose", "Say what it is for."),
        ("retention", "Say how long the receiver keeps it."),
        ("contact", "Say whom to ask at both organisations."),
    ):
        if not getattr(details, name).strip():
            problems[name] = words
    if not details.field_names or not all(_NAME.fullmatch(one) for one in details.field_names):
        problems["field_names"] = "Name each field on its own line, in letters, digits and spaces."
    if not details.lawful_bases or not set(details.lawful_bases) <= set(LawfulBasis.values):
        problems["lawful_bases"] = "Choose at least one lawful basis."
    if not 0 <= details.grace_days <= _MOST_GRACE:
        problems["grace_days"] = f"Enter a number of days from 0 to {_MOST_GRACE}."
    problems |= _side_problems(details.flow, from_id, to_id)
    _refuse(problems)


def _side_problems(flow: str, from_id: int, to_id: int) -> dict[str, str]:
    if flow not in ReleaseKind.values:
        return {"flow": "Choose what is released."}
    sides = Organisation.objects.filter(pk__in={from_id, to_id}, is_active=True).in_bulk()
    if len(sides) < 2:
        return {"other": "Choose another organisation."}
    if sides[to_id].kind not in RULES[flow].to_kinds:
        return {"flow": "A release of this kind does not go to such an organisation."}
    return {}


def _review_problems(review_on: date) -> dict[str, str]:
    today = in_london(timezone.now()).date()
    if today < review_on <= latest_review(today):
        return {}
    return {"review_on": "Enter a day to come, within two years."}


def _same(agreement: Agreement, version: int, yours: dict[str, object]) -> None:
    if agreement.version != version:
        theirs = {name: getattr(agreement, name) for name in yours}
        raise Conflict(version=agreement.version, theirs=theirs, yours=yours)


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(problems)


def _note(actor: Actor, agreement: Agreement, action: str, names: list[str]) -> None:
    audit.record(actor=actor, action=action, target=agreement, fields=names)
