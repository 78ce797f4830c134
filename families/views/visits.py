"""Visits to families: one's own, those that called, and saying that one is safe."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from families import policies
from families.forms.visits import FamilyVisitForm
from families.models import Visit
from families.selectors import visits as selectors
from families.selectors.cases import cases_visible_to
from families.services import visits as services
from families.states import MANAGERS
from families.views.common import at, do, read_or_write, the_case, verb, worker
from foundation import access
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm
from foundation.visits.enums import ON_THE_WAY, VisitMarker, VisitStatus
from foundation.visits.forms import VisitRuleForm
from foundation.visits.services import Plan
from missingcases.views.common import go, show, visible

_SHOWN = 50


def _the_visit(request: HttpRequest, reference: str) -> Visit:
    return visible(lambda: selectors.visit_named(actor_of(request), reference))


@worker
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """One's own visits, those that called, and who else is out there."""
    actor = actor_of(request)
    context = {
        "own": selectors.own_visits(actor),
        "alarms": selectors.alarms_of(actor),
        "others": selectors.others_out(actor)[:_SHOWN],
        "may_set": policies.may_set_visit_rule(actor) is None,
    }
    return render(request, "families/visits.html", context)


@worker
@read_or_write
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where one goes, and when one is back."""
    case, actor = the_case(request, reference), actor_of(request)

    def run(given: dict[str, Any]) -> Visit:
        member = given.pop("member")
        telephone, token = given.pop("telephone"), given.pop("form_token")
        return services.plan_visit(
            actor=actor,
            case_id=case.pk,
            member_id=member.pk if member else None,
            plan=Plan(**given),
            telephone=telephone,
            form_token=token,
        )

    return verb(
        request,
        case,
        title="Plan a visit",
        form=FamilyVisitForm(request.POST or None, case=case),
        run=run,
        said="The visit is planned. Say on it when you are there, and when you are away again.",
        to=at("visits"),
        happens=["When you do not say that you are there, or away again, the duty manager is called."],
    )


@worker
@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """Where somebody is, with whom, and until when. Each reading is audited."""
    actor, row = actor_of(request), _the_visit(request, reference)
    services.record_visit_opened(actor=actor, visit=row)
    sees_case = cases_visible_to(actor).filter(pk=row.case_id).exists()
    context = {
        "visit": row,
        "markers": [VisitMarker(one).label for one in row.markers],
        "sees_case": sees_case,
        "in_danger": sees_case
        and row.status in ON_THE_WAY
        and policies.may_visit(row.case, row.member) is not None,
        "may_begin": policies.may_move_visit(actor, row, VisitStatus.UNDER_WAY) is None,
        "may_end": policies.may_move_visit(actor, row, VisitStatus.ENDED) is None,
        "may_cancel": policies.may_move_visit(actor, row, VisitStatus.CANCELLED) is None,
        "may_resolve": policies.may_resolve_visit(actor, row) is None,
    }
    return render(request, "families/visit.html", context)


@worker
@require_POST
def check_in(request: HttpRequest, reference: str) -> HttpResponse:
    """I am there."""
    row, actor = _the_visit(request, reference), actor_of(request)
    return do(
        request,
        lambda: services.check_in(actor=actor, visit_id=row.pk),
        said="You are there. Say here when you are away again.",
        to=at("visit", reference),
    )


@worker
@require_POST
def check_out(request: HttpRequest, reference: str) -> HttpResponse:
    """I am away and safe."""
    row, actor = _the_visit(request, reference), actor_of(request)
    return do(
        request,
        lambda: services.check_out(actor=actor, visit_id=row.pk),
        said="You are away and safe. Nobody is called.",
        to=at("visit", reference),
    )


@worker
@read_or_write
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """I am not going."""
    row, actor = _the_visit(request, reference), actor_of(request)
    return _asked(
        request,
        row,
        ReasonForm(request.POST or None, submit_label="Call the visit off"),
        lambda given: services.cancel_visit(actor=actor, visit_id=row.pk, reason=given["reason"]),
        title="Call the visit off",
        said="The visit is called off.",
        refusal=policies.may_move_visit(actor, row, VisitStatus.CANCELLED),
    )


@access.roles(MANAGERS)
@read_or_write
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a worker who was not heard of."""
    row, actor = _the_visit(request, reference), actor_of(request)
    form = ReasonForm(
        request.POST or None,
        submit_label="Save what was done",
        label="What did you find out, and what was done?",
        hint="Kept with the record.",
    )
    return _asked(
        request,
        row,
        form,
        lambda given: services.resolve_visit(actor=actor, visit_id=row.pk, resolution=given["reason"]),
        title="What became of the worker?",
        said="Settled. Nobody is called any more.",
        refusal=policies.may_resolve_visit(actor, row),
    )


def _asked(
    request: HttpRequest, row: Visit, form: ReasonForm, run: Any, *, title: str, said: str, refusal: Any
) -> HttpResponse:
    back = at("visit", row.reference)
    if request.method == "POST" and refusal is None and not isinstance(attempt(form, run), Failed):
        return go(request, at("visits"), said=said)
    context = {"form": form, "refusal": refusal, "page_title": title, "back": back, "caption": row.reference}
    return show(request, "families/visit_verb.html", context)


@access.roles(MANAGERS)
@read_or_write
def rule(request: HttpRequest) -> HttpResponse:
    """When visits call, and which telephone."""
    actor = actor_of(request)
    row = selectors.visit_rule_of(actor.organisation_id or 0)
    initial = {
        "duty_phone": row.duty_phone,
        "call_after_minutes": row.call_after_minutes,
        "version": row.version,
    }
    form = VisitRuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and not isinstance(
        attempt(form, lambda given: services.save_visit_rule(actor=actor, **given)), Failed
    ):
        return go(request, at("visits"), said="Saved.")
    context = {"form": form, "page_title": "When visits call", "back": at("visits"), "caption": "Visits"}
    return show(request, "families/visit_verb.html", context)
