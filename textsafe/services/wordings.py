"""Wordings: drafted by one person, approved by another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.places.models import Area
from foundation.states import move
from textsafe import policies, segments
from textsafe.enums import AgeGroup, Language, WordingStatus
from textsafe.models import Wording
from textsafe.states import WORDING


def check_text(text: str) -> tuple[str, ...]:
    """Why a text may not be a wording, places of the area tree included; empty where it may."""
    return segments.problems(text, places=Area.objects.values_list("name", flat=True).distinct())


@transaction.atomic
def draft_wording(*, actor: Actor, age_group: str, language: str, text: str) -> Wording:
    """Write the next version for an age group in a language. Raises `Refused` and `Invalid`."""
    require(policies.may_draft_wording(actor))
    words = text.strip()
    found = check_text(words)
    if found:
        raise Invalid({"text": " ".join(found)})
    if age_group not in AgeGroup.values or language not in Language.values:
        raise Invalid({"age_group": "Choose an age group and a language."})
    same = Wording.objects.select_for_update().filter(age_group=age_group, language=language)
    list(same.values_list("pk", flat=True))
    latest = same.order_by().aggregate(latest=Max("number"))["latest"] if same.exists() else 0
    wording = Wording.objects.create(
        age_group=age_group, language=language, number=latest + 1, text=words, drafted_by_id=actor.user_id
    )
    audit.record(actor=actor, action="textsafe.wording_drafted", target=wording, fields=["text"])
    return wording


@transaction.atomic
def approve_wording(*, actor: Actor, wording_id: int) -> Wording:
    """Put a draft into use; the one in use until now is retired in the same moment."""
    wording = Wording.objects.select_for_update(no_key=True).get(pk=wording_id)
    require(policies.may_approve_wording(actor, wording))
    found = check_text(wording.text)
    if found:
        raise Invalid({"text": " ".join(found)})
    now = timezone.now()
    current = Wording.objects.filter(
        age_group=wording.age_group, language=wording.language, status=WordingStatus.ACTIVE
    ).first()
    if current is not None:
        move(current, WORDING, WordingStatus.RETIRED, actor=actor, changes={"retired_at": now})
    changes = {"approved_by_id": actor.user_id, "approved_at": now}
    return move(wording, WORDING, WordingStatus.ACTIVE, actor=actor, changes=changes)


@transaction.atomic
def retire_wording(*, actor: Actor, wording_id: int) -> Wording:
    """Take a wording out of use; until another is approved nothing is sent in its place."""
    wording = Wording.objects.select_for_update(no_key=True).get(pk=wording_id)
    require(policies.may_retire_wording(actor, wording))
    return move(wording, WORDING, WordingStatus.RETIRED, actor=actor, changes={"retired_at": timezone.now()})
