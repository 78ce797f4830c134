"""What is known of interviewers, and the provider's own times for visits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging import addresses
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.visits.deadlines import LONGEST_MINUTES, SHORTEST_MINUTES
from rhi import policies
from rhi.enums import Gender
from rhi.models import InterviewerProfile, VisitRule
from rhi.selectors import interviewers_of
from rhi.services.common import check_version
from rhi.services.opening import authorities


@transaction.atomic
def save_profile(
    *,
    actor: Actor,
    user_id: int,
    version: int,
    values: Mapping[str, Any],
    area_ids: Collection[int],
    worked_for_ids: Collection[int],
) -> InterviewerProfile:
    """Save an interviewer's profile; `version` is 0 where there was none. Raises `Invalid`, `Conflict`."""
    if not interviewers_of(actor).filter(pk=user_id).exists():
        raise NotVisible(f"interviewer {user_id}")
    checked = _profile(values)
    known = set(authorities().values_list("pk", flat=True))
    if not known >= {*area_ids, *worked_for_ids}:
        raise Invalid({"areas": "Choose local authorities."})
    row = _locked_profile(user_id, actor.organisation_id or 0)
    check_version(row, version, checked)
    for name, value in checked.items():
        setattr(row, name, value)
    row.version = version + 1
    row.save()
    row.areas.set(area_ids)
    row.worked_for.set(worked_for_ids)
    audit.record(
        actor=actor,
        action="rhi.profile_saved",
        target=row,
        fields=[*checked, "areas", "worked_for"],
    )
    return row


def _locked_profile(user_id: int, organisation_id: int) -> InterviewerProfile:
    rows = InterviewerProfile.objects.select_for_update(no_key=True)
    found = rows.filter(user_id=user_id, organisation_id=organisation_id).first()
    return found or InterviewerProfile(user_id=user_id, organisation_id=organisation_id, version=0)


def _profile(values: Mapping[str, Any]) -> dict[str, Any]:
    problems: dict[str, str] = {}
    if values["gender"] not in Gender.values:
        problems["gender"] = "Choose one of the listed values."
    if not 0 <= values["capacity"] <= 99:
        problems["capacity"] = "Give a number from 0 to 99."
    telephone = _telephone(problems, "telephone", values["telephone"])
    if problems:
        raise Invalid(problems)
    return {
        "languages": _lines(values["languages"], longest=60),
        "care_providers": _lines(values["care_providers"], longest=120),
        "gender": values["gender"],
        "capacity": values["capacity"],
        "telephone": telephone,
        "is_available": values["is_available"],
    }


def _lines(lines: Collection[str], *, longest: int) -> list[str]:
    return [line.strip()[:longest] for line in lines if line.strip()]


def _telephone(problems: dict[str, str], name: str, given: str) -> str:
    if not given.strip():
        return ""
    try:
        number = addresses.normalise(Channel.SMS, given.strip())
        addresses.check_dialable(Channel.SMS, number)
    except (InvalidAddress, NotDialable) as problem:
        problems[name] = str(problem)
        return ""
    return number


@transaction.atomic
def save_visit_rule(*, actor: Actor, version: int, duty_phone: str, call_after_minutes: int) -> VisitRule:
    """Save the provider's duty telephone, and how soon a visit that does not end calls."""
    require(policies.may_set_visit_rule(actor))
    problems: dict[str, str] = {}
    number = _telephone(problems, "duty_phone", duty_phone)
    if not SHORTEST_MINUTES <= call_after_minutes <= LONGEST_MINUTES:
        problems["call_after_minutes"] = f"Give {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes."
    if problems:
        raise Invalid(problems)
    VisitRule.objects.get_or_create(organisation_id=actor.organisation_id or 0)
    row = VisitRule.objects.select_for_update(no_key=True).get(organisation_id=actor.organisation_id or 0)
    check_version(row, version, {"duty_phone": number, "call_after_minutes": call_after_minutes})
    row.duty_phone, row.call_after_minutes, row.version = number, call_after_minutes, version + 1
    row.save()
    audit.record(
        actor=actor, action="rhi.visit_rule_saved", target=row, fields=["duty_phone", "call_after_minutes"]
    )
    return row
