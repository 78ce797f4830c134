"""What an alert still lacks before anybody may say yes to it."""

from __future__ import annotations

from alerts import wording
from alerts.enums import Criterion, Language
from alerts.models import AlertArea, AlertContent, ChildRescueAlert, CriterionCheck
from alerts.planning import newest_content
from foundation.access import Refusal
from foundation.clock import in_london
from foundation.places.selectors import lies_within

_WALES = "W92000004"


def missing(alert: ChildRescueAlert, content: AlertContent | None = None) -> list[str]:
    """What is to be done first, each in words; empty where it is ready to be decided.

    `content` is the newest version where the caller has read it.
    """
    return [*_criteria(alert), *_areas(alert), *_content(alert, content or newest_content(alert))]


def not_ready(alert: ChildRescueAlert, content: AlertContent | None = None) -> Refusal | None:
    """The same as a refusal."""
    lacks = missing(alert, content)
    return Refusal("not_ready", " ".join(lacks)) if lacks else None


def newest_checks(alert: ChildRescueAlert) -> dict[str, CriterionCheck]:
    """The last check of each criterion."""
    rows = CriterionCheck.objects.filter(alert_id=alert.pk).select_related("by")
    return {row.criterion: row for row in rows.order_by("criterion", "-id").distinct("criterion")}


def welsh_needed(alert: ChildRescueAlert) -> bool:
    """Whether it goes to Wales or a part of it, so that Welsh stands beside English."""
    chosen = list(AlertArea.objects.filter(alert_id=alert.pk).values_list("area_id", flat=True))
    return lies_within(chosen, _WALES, on=in_london(alert.proposed_at).date())


def _criteria(alert: ChildRescueAlert) -> list[str]:
    checks = newest_checks(alert)
    unmet = [one for one in Criterion if one not in checks or not checks[one].is_met]
    return [f"Not met, or not checked: {one.label[0].lower()}{one.label[1:]}." for one in unmet]


def _areas(alert: ChildRescueAlert) -> list[str]:
    chosen = AlertArea.objects.filter(alert_id=alert.pk).exists()
    return [] if chosen else ["Choose the areas that it goes to."]


def _content(alert: ChildRescueAlert, content: AlertContent | None) -> list[str]:
    if content is None:
        return ["Write what it says."]
    words = list(content.wordings.all())
    written = {one.language for one in words}
    lacks = []
    if Language.ENGLISH not in written:
        lacks.append("Write the words in English.")
    if Language.WELSH not in written and welsh_needed(alert):
        lacks.append("Write the words in Welsh: it goes to Wales.")
    said = [text for one in words for text in (one.headline, one.description, one.instruction, one.sms)]
    return lacks + wording.problems(said)
