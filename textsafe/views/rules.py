"""Wordings, each force's policy, the stop switch, and the figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.freshness import demand_fresh_second_factor
from foundation.actors import Actor
from foundation.exceptions import Stale
from foundation.messaging.policies import may_switch
from foundation.messaging.segments import measure
from foundation.messaging.services import switches
from foundation.requests import actor_of
from foundation.ui.attempts import FAILED, Failed, attempt
from textsafe import policies, selectors
from textsafe.enums import WordingStatus
from textsafe.forms.charity import PolicyForm, SwitchForm, WordingForm
from textsafe.models import AutomationPolicy, Wording
from textsafe.selectors.conversations import REPLY_SERVICE
from textsafe.selectors.facts import SERVICE
from textsafe.services import automation, requests
from textsafe.services import wordings as verbs
from textsafe.views.common import authoriser, both_sides, do, helpline, policy_changer, policy_keepers, why
from textsafe.views.frame import desk


@helpline
@require_GET
def wordings(request: HttpRequest) -> HttpResponse:
    """Every wording: in use, drafts, retired."""
    rows = selectors.wordings_visible_to(actor_of(request)).select_related("drafted_by", "approved_by")
    groups = [
        {"label": label, "rows": [_row(request, row) for row in rows if row.status == status]}
        for status, label in (
            (WordingStatus.ACTIVE, "In use"),
            (WordingStatus.DRAFT, "Drafts"),
            (WordingStatus.RETIRED, "No longer used"),
        )
    ]
    context = desk(
        request, "wordings", groups=groups, draft_refusal=policies.may_draft_wording(actor_of(request))
    )
    return render(request, "textsafe/wordings.html", context)


def _row(request: HttpRequest, row: Wording) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "row": row,
        "size": measure(row.text),
        "approve_refusal": policies.may_approve_wording(actor, row),
        "retire_refusal": policies.may_retire_wording(actor, row),
    }


@helpline
@require_http_methods(["GET", "POST"])
def new_wording(request: HttpRequest) -> HttpResponse:
    """Write a new version."""
    form = WordingForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda answers: verbs.draft_wording(actor=actor_of(request), **answers))
        if not isinstance(made, Failed):
            messages.success(request, "The draft is saved. A duty manager other than you has to approve it.")
            return redirect("textsafe:wordings")
    return render(request, "textsafe/wording_new.html", desk(request, "wordings", form=form))


def _wording(request: HttpRequest, reference: str) -> Wording:
    return get_object_or_404(selectors.wordings_visible_to(actor_of(request)), reference=reference)


@authoriser
@require_POST
def approve_wording(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a draft into use."""
    found = _wording(request, reference)
    return do(
        request,
        lambda: verbs.approve_wording(actor=actor_of(request), wording_id=found.pk),
        said="The wording is in use from now on.",
        then="textsafe:wordings",
    )


@helpline
@require_POST
def retire_wording(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a wording out of use."""
    found = _wording(request, reference)
    return do(
        request,
        lambda: verbs.retire_wording(actor=actor_of(request), wording_id=found.pk),
        said="The wording is no longer used.",
        then="textsafe:wordings",
    )


@policy_keepers
@require_GET
def all_policies(request: HttpRequest) -> HttpResponse:
    """The charity sees every force's policy; an inspector is taken to their own."""
    actor = actor_of(request)
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return redirect("textsafe:policy")
    rows = [
        {"row": row, "refusal": policies.may_stop_policy(actor, row)}
        for row in selectors.policies_visible_to(actor)
    ]
    return render(request, "textsafe/policies.html", desk(request, "policies", rows=rows))


@policy_keepers
@require_http_methods(["GET", "POST"])
def stop_policy(request: HttpRequest, code: str) -> HttpResponse:
    """Turn a force's automatic texts off."""
    found = get_object_or_404(selectors.policies_visible_to(actor_of(request)), organisation__code=code)
    form = why(request.POST or None, submit_label="Turn automatic texts off")
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: automation.stop_policy(
                actor=actor_of(request), organisation_id=found.organisation_id, **answers
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Automatic texts are off for this force.")
            return redirect("textsafe:policies")
    return render(request, "textsafe/policy_stop.html", {"policy": found, "form": form})


@policy_changer
@require_http_methods(["GET", "POST"])
def own_policy(request: HttpRequest) -> HttpResponse:
    """A force's own policy, for its inspectors."""
    actor = actor_of(request)
    if actor.organisation_id is None or actor.organisation_kind is not OrganisationKind.POLICE_FORCE:
        return redirect("textsafe:policies")
    policy = selectors.policy_of(actor.organisation_id)
    form = PolicyForm(request.POST or None, initial=_initial(policy))
    if request.method == "POST":
        try:
            done = attempt(form, lambda answers: _change(actor, answers))
        except Stale:
            fresh = selectors.policy_of(actor.organisation_id)
            form.show_conflict(theirs=_initial(fresh), version=fresh.version)
            done = FAILED
        if not isinstance(done, Failed):
            messages.success(request, "The policy is saved.")
            return redirect("textsafe:policy")
    requests.record_figures_viewed(actor=actor)
    context = {
        "form": form,
        "policy": policy,
        "refusal": policies.may_change_policy(actor, policy),
        "figures": selectors.force_figures(actor, now=timezone.now(), days=7),
    }
    return render(request, "textsafe/policy.html", context)


def _initial(policy: AutomationPolicy) -> dict[str, Any]:
    return {
        "version": policy.version,
        "is_on": "yes" if policy.is_on else "no",
        "for_missing": policy.for_missing,
        "for_absent": policy.for_absent,
        "delay_minutes": policy.delay_minutes,
        "daily_cap": policy.daily_cap,
        "rules_screen_officers": policy.rules_screen_officers,
    }


def _change(actor: Actor, answers: dict[str, Any]) -> AutomationPolicy:
    wanted = answers | {"is_on": answers["is_on"] == "yes"}
    return automation.change_policy(actor=actor, organisation_id=actor.organisation_id or 0, **wanted)


@helpline
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponseBase:
    """The kill switch of all TextSafe texts: stops within a second, starts again by hand."""
    actor = actor_of(request)
    stopped = switches.is_stopped(SERVICE)
    form = SwitchForm(request.POST or None, stopped=stopped)
    refusal = may_switch(actor)
    if request.method == "POST" and refusal is None and form.is_valid():
        return _throw(
            request, starts=form.cleaned_data["wanted"] == "start", reason=form.cleaned_data["reason"]
        )
    context = desk(request, "switch", stopped=stopped, form=form, refusal=refusal)
    return render(request, "textsafe/switch.html", context)


def _throw(request: HttpRequest, *, starts: bool, reason: str) -> HttpResponseBase:
    """Stop at once, or start again after a second factor given lately."""
    factor_first = demand_fresh_second_factor(request) if starts else None
    if factor_first is not None:
        return factor_first
    act = switches.start if starts else switches.stop
    for service in (SERVICE, REPLY_SERVICE):
        act(actor=actor_of(request), service=service, reason=reason)
    said = "TextSafe sends again." if starts else "TextSafe is stopped. Nothing more goes out."
    messages.success(request, said)
    return redirect("textsafe:switch")


@both_sides
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The last fourteen days, each side by what it may know."""
    actor, now = actor_of(request), timezone.now()
    if actor.organisation_kind is OrganisationKind.CHARITY:
        days = selectors.charity_figures(actor, now=now)
        return render(request, "textsafe/figures_charity.html", desk(request, "figures", days=days))
    requests.record_figures_viewed(actor=actor)
    return render(request, "textsafe/figures_force.html", {"days": selectors.force_figures(actor, now=now)})
