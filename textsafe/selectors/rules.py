"""Wordings and policies."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.accounts.enums import HELPLINE, POLICE
from foundation.actors import Actor
from textsafe.enums import Language, WordingStatus
from textsafe.models import AutomationPolicy, Wording


def active_wording(age_group: str, language: str) -> Wording | None:
    """The wording in use, or None: then nothing can be sent to that group in that language."""
    return Wording.objects.filter(age_group=age_group, language=language, status=WordingStatus.ACTIVE).first()


def usable_languages(age_group: str = "") -> list[Language]:
    """Languages in which a wording is in use (for one age group, or for any)."""
    rows = Wording.objects.filter(status=WordingStatus.ACTIVE)
    if age_group:
        rows = rows.filter(age_group=age_group)
    found = set(rows.values_list("language", flat=True))
    return [language for language in Language if language.value in found]


def wordings_visible_to(actor: Actor) -> QuerySet[Wording]:
    """All versions, for the charity's helpline; what is in use, for the police who ask for it."""
    if actor.holds(HELPLINE):
        return Wording.objects.all()
    if actor.holds(POLICE):
        return Wording.objects.filter(status=WordingStatus.ACTIVE)
    return Wording.objects.none()


def policies_visible_to(actor: Actor) -> QuerySet[AutomationPolicy]:
    """A force sees its own policy; the charity's helpline sees all."""
    rows = AutomationPolicy.objects.select_related("organisation")
    if actor.holds(HELPLINE):
        return rows.order_by("organisation__name")
    if actor.holds(POLICE) and actor.organisation_id is not None:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def policy_of(organisation_id: int) -> AutomationPolicy:
    """A force's policy; one that was never set is off."""
    found = AutomationPolicy.objects.filter(organisation_id=organisation_id).first()
    return found or AutomationPolicy(organisation_id=organisation_id)
