"""Keeping the directory of partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from foundation.access import require
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.places.models import Area
from partners import policies
from partners.deadlines import ESCALATE_AFTER_HOURS, REMIND_AFTER_HOURS, RETURN_AFTER_HOURS
from partners.enums import Takes, WorksBy
from partners.models import OpeningTime, Profile
from partners.openings import overlapping

LONGEST_HOURS = 24 * 90


@dataclass(frozen=True, kw_only=True)
class ProfileDetails:
    """What the directory says of a partner. `opening`: day of the week (Monday 0), from, to."""

    takes: tuple[str, ...]
    area_ids: tuple[int, ...] = ()
    hours: str = ""
    opening: tuple[tuple[int, time, time], ...] = field(default=())
    contact_name: str = ""
    telephone: str = ""
    email: str = ""
    works_by: str = WorksBy.LINK
    remind_after: int = REMIND_AFTER_HOURS
    escalate_after: int = ESCALATE_AFTER_HOURS
    return_after: int = RETURN_AFTER_HOURS
    is_active: bool = True
    notes: str = ""


@transaction.atomic
def add_profile(*, actor: Actor, organisation_id: int, details: ProfileDetails) -> Profile:
    """Put a partner organisation into the directory. Raises `Refused`, `NotVisible` and `Invalid`."""
    require(policies.may_edit_directory(actor))
    found = Organisation.objects.filter(pk=organisation_id, kind=OrganisationKind.PARTNER).first()
    if found is None:
        raise NotVisible(f"organisation {organisation_id}")
    if Profile.objects.filter(organisation=found).exists():
        raise Invalid({"organisation": "This partner is in the directory already."})
    _check(details)
    profile = Profile(organisation=found)
    return _write(actor, profile, details, action="partners.profile_added")


@transaction.atomic
def edit_profile(*, actor: Actor, profile_id: int, version: int, details: ProfileDetails) -> Profile:
    """Change what the directory says. Raises `Conflict` with both sides where a colleague did meanwhile."""
    require(policies.may_edit_directory(actor))
    profile = Profile.objects.select_for_update(no_key=True).filter(pk=profile_id).first()
    if profile is None:
        raise NotVisible(f"profile {profile_id}")
    _check(details)
    if profile.version != version:
        yours = _plain(details)
        raise Conflict(version=profile.version, theirs=_stored(profile, yours), yours=yours)
    profile.version += 1
    return _write(actor, profile, details, action="partners.profile_edited")


def _plain(details: ProfileDetails) -> dict[str, object]:
    found = asdict(details)
    return {name: value for name, value in found.items() if name not in {"area_ids", "opening"}}


def _stored(profile: Profile, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(profile, name) for name in names}


def _write(actor: Actor, profile: Profile, details: ProfileDetails, *, action: str) -> Profile:
    for name, value in _plain(details).items():
        setattr(profile, name, list(details.takes) if name == "takes" else value)
    profile.save()
    profile.areas.set(Area.objects.filter(pk__in=details.area_ids))
    profile.opening_times.all().delete()
    OpeningTime.objects.bulk_create(
        OpeningTime(profile=profile, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in details.opening
    )
    audit.record(actor=actor, action=action, target=profile, fields=[*_plain(details), "areas", "opening"])
    return profile


def _check(details: ProfileDetails) -> None:
    problems: dict[str, str] = {}
    if not details.takes or set(details.takes) - set(Takes.values):
        problems["takes"] = "Choose at least one thing that the partner takes."
    if details.works_by not in WorksBy.values:
        problems["works_by"] = "Choose one of the listed values."
    problems |= _email_problems(details)
    if not 0 < details.remind_after < details.escalate_after < details.return_after <= LONGEST_HOURS:
        problems["return_after"] = "Remind first, escalate later, return last, within 90 days."
    if any(closes <= opens or not 0 <= day <= 6 for day, opens, closes in details.opening):
        problems["opening"] = "A day's closing time comes after its opening time."
    elif day := overlapping(details.opening):
        problems["opening"] = f"Two opening times of {day} overlap. Write each hour once."
    if problems:
        raise Invalid(problems)


def _email_problems(details: ProfileDetails) -> dict[str, str]:
    if not details.email:
        if details.works_by == WorksBy.API or not details.is_active:
            return {}
        return {"email": "Give the address where referrals and codes are sent."}
    try:
        validate_email(details.email)
    except ValidationError:
        return {"email": "This is no e-mail address."}
    return {}
