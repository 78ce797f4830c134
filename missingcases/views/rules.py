"""The tables of triggers and of reviews, for an administrator to edit and a supervisor to read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases import policies, services
from missingcases.enums import Trigger
from missingcases.forms.rules import ActionRuleForm, ReviewRuleForm
from missingcases.models import ActionRule, ReviewRule
from missingcases.views.common import go, show
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])
READERS = SUPERVISORS | {Role.ADMINISTRATOR}
MINUTES_AN_HOUR = 60
NEW = "new"


@access.roles(READERS)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Both tables."""
    context = {
        "action_rules": [
            _said(rule) for rule in ActionRule.objects.order_by("trigger", "flag_kind", "step", "pk")
        ],
        "review_rules": [
            {
                "row": rule,
                "first": hours(rule.first_after_minutes),
                "then": hours(rule.then_every_minutes) if rule.then_every_minutes else "",
            }
            for rule in ReviewRule.objects.order_by("level", "applies_to", "kind")
        ],
        "refusal": policies.may_edit_rules(actor_of(request)),
    }
    return render(request, "missingcases/rules.html", context)


def _said(rule: ActionRule) -> dict[str, Any]:
    when = {
        Trigger.REPEAT_COUNT: f"{rule.incidents} incidents in {rule.within_days} days",
        Trigger.LONG_ABSENCE: f"Missing for more than {rule.over_hours} hours",
        Trigger.ABSENT_LIMIT: f"Absent for more than {rule.over_hours} hours",
        Trigger.FLAG: f"Flag: {rule.get_flag_kind_display()}",
        Trigger.RISK: f"Graded: {rule.get_risk_level_display()}",
    }[Trigger(rule.trigger)]
    return {"row": rule, "when": when}


def hours(minutes: int) -> str:
    """Minutes as people say them: "45 minutes", "2 hours", "1 hour 30 minutes"."""
    whole, left = divmod(minutes, MINUTES_AN_HOUR)
    said = [f"{whole} hour{'' if whole == 1 else 's'}"] if whole else []
    if left:
        said.append(f"{left} minute{'' if left == 1 else 's'}")
    return " ".join(said)


@access.roles(Role.ADMINISTRATOR, fresh=True)
@ask
def action_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Add or change one trigger."""
    return _edit(request, rule_id, ActionRule, ActionRuleForm, services.save_action_rule, "Rule for actions")


@access.roles(Role.ADMINISTRATOR, fresh=True)
@ask
def review_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Add or change one line of the review table."""
    return _edit(
        request, rule_id, ReviewRule, ReviewRuleForm, services.save_review_rule, "Line of the review table"
    )


def _edit(
    request: HttpRequest, rule_id: str, model: Any, form_class: Any, save: Any, title: str
) -> HttpResponse:
    row = None if rule_id == NEW else _row(model, rule_id)
    names = [name for name in form_class.base_fields if name != "version"]
    initial: dict[str, Any] = {"version": 1, "is_active": True, "applies_to": "anyone", "step": 1}
    if row is not None:
        initial = {name: getattr(row, name) for name in [*names, "version"]}
    form = form_class(**posted(request), initial=initial, cancel_href=reverse("missingcases:rules"))

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        return save(actor=actor_of(request), rule_id=row.pk if row else None, version=version, values=answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, reverse("missingcases:rules"), said="Saved. It holds from now on.")
    return show(request, "missingcases/rule.html", {"form": form, "page_title": title})


def _row(model: Any, rule_id: str) -> Any:
    found = (
        model.objects.filter(pk=int(rule_id)).first() if rule_id.isdecimal() and len(rule_id) < 10 else None
    )
    if found is None:
        raise Http404
    return found
