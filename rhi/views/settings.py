"""The interviewers and their visits' times, for whoever shares out; the arrangement, for the authority."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.visits.forms import VisitRuleForm
from rhi import selectors, services
from rhi.forms.visits import ArrangementForm, ProfileForm
from rhi.models import AuthorityPolicy, InterviewerProfile
from rhi.services import reading
from rhi.services.arranging import providers_for
from rhi.services.opening import authorities
from rhi.views.common import allocators, authority_people
from rhi.views.frame import desk


@allocators
@require_http_methods(["GET", "POST"])
def interviewers(request: HttpRequest) -> HttpResponse:
    """Who interviews, with what they have to do; and when their visits call."""
    actor = actor_of(request)
    own = actor.organisation_id or 0
    rule = selectors.visit_rule_of(own)
    initial = {name: getattr(rule, name) for name in ("duty_phone", "call_after_minutes", "version")}
    form = VisitRuleForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = attempt(form, lambda data: services.save_visit_rule(actor=actor, **data))
        if not isinstance(done, Failed):
            messages.success(request, "Saved.")
            return redirect("rhi:interviewers")
    people = list(selectors.interviewers_of(actor))
    profiles, loads = selectors.profiles_of(own), selectors.loads_of(own)
    reading.record_profiles_read(actor=actor, ids=[row.pk for row in profiles.values()])
    rows = [(person, profiles.get(person.pk), loads.get(person.pk, 0)) for person in people]
    return render(request, "rhi/interviewers.html", desk(request, "interviewers", rows=rows, form=form))


@allocators
@require_http_methods(["GET", "POST"])
def interviewer(request: HttpRequest, reference: str) -> HttpResponse:
    """One interviewer's profile."""
    actor = actor_of(request)
    person = selectors.interviewers_of(actor).filter(reference=reference).first()
    if person is None:
        raise Http404("No such interviewer.")
    profile = selectors.profiles_of(actor.organisation_id or 0).get(person.pk)
    form = ProfileForm(request.POST or None, authorities=authorities(), initial=_shown(profile))
    if request.method == "POST":
        done = attempt(form, lambda data: _save(request, person.pk, data))
        if not isinstance(done, Failed):
            messages.success(request, "The profile is saved.")
            return redirect("rhi:interviewers")
    return render(request, "rhi/interviewer.html", desk(request, "interviewers", person=person, form=form))


def _shown(profile: InterviewerProfile | None) -> dict[str, object]:
    row = profile or InterviewerProfile(version=0)
    return {
        "is_available": row.is_available,
        "capacity": row.capacity,
        "languages": "\n".join(row.languages),
        "care_providers": "\n".join(row.care_providers),
        "gender": row.gender,
        "telephone": row.telephone,
        "areas": list(profile.areas.all()) if profile else [],
        "worked_for": list(profile.worked_for.all()) if profile else [],
        "version": row.version,
    }


def _save(request: HttpRequest, user_id: int, data: dict[str, object]) -> object:
    lines = {name: str(data[name]).splitlines() for name in ("languages", "care_providers")}
    names = ("is_available", "capacity", "gender", "telephone")
    return services.save_profile(
        actor=actor_of(request),
        user_id=user_id,
        version=int(str(data["version"])),
        values={**{name: data[name] for name in names}, **lines},
        area_ids=[one.pk for one in data["areas"]],  # type: ignore[attr-defined]
        worked_for_ids=[one.pk for one in data["worked_for"]],  # type: ignore[attr-defined]
    )


@authority_people
@require_http_methods(["GET", "POST"])
def arrangement(request: HttpRequest) -> HttpResponse:
    """What is offered to the authority's children, and by whom."""
    actor = actor_of(request)
    own = actor.organisation_id or 0
    policy = selectors.policy_of(own) or AuthorityPolicy(authority_id=own)
    initial = {
        "is_on": "yes" if policy.is_on else "no",
        "provider": policy.provider_id,
        "offered_to": policy.offered_to,
        "out_of_area": policy.out_of_area,
        "version": policy.version,
    }
    form = ArrangementForm(request.POST or None, providers=providers_for(own), initial=initial)
    if request.method == "POST":
        done = attempt(form, lambda data: _arrange(request, data))
        if not isinstance(done, Failed):
            messages.success(request, "The arrangement is saved.")
            return redirect("rhi:arrangement")
    return render(request, "rhi/arrangement.html", desk(request, "arrangement", form=form, policy=policy))


def _arrange(request: HttpRequest, data: dict[str, object]) -> object:
    provider = data["provider"]
    return services.save_policy(
        actor=actor_of(request),
        version=int(str(data["version"])),
        is_on=data["is_on"] == "yes",
        provider_id=provider.pk,  # type: ignore[attr-defined]
        offered_to=str(data["offered_to"]),
        out_of_area=bool(data["out_of_area"]),
        reason=str(data["reason"]),
    )
