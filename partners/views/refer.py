"""Referring somebody: what for, to whom, and exactly what the partner is told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.models import Incident
from partners import policies, selectors, services
from partners.enums import Takes
from partners.forms.referrals import ReferralForm
from partners.models import Profile, Referral
from partners.selectors.prefill import prefilled
from partners.views.common import incident_of, referral_of, senders


@senders
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """Refer the person of an incident. What for and to whom stand in the address; what is told does not."""
    actor, incident = actor_of(request), incident_of(request, reference)
    refusal = policies.may_refer(actor, incident)
    if refusal is not None and refusal.code == "not_visible":
        raise Http404("No such incident.")
    takes = request.GET.get("takes", "")
    takes = takes if takes in Takes.values else ""
    profile = _chosen(request, takes)
    follows = _follows(actor, incident, request.GET.get("instead", ""))
    if refusal is not None or not takes or profile is None:
        return _choose(request, incident, takes, follows, refusal)
    form = _form(request, actor, incident, takes, profile, follows)
    running = selectors.running_with(actor, incident.pk, takes)
    if request.method == "POST":
        done = attempt(form, lambda _: _save(request, incident, profile, follows, form))
        if not isinstance(done, Failed):
            return _done(request, done)
    context = dict[str, Any](
        incident=incident,
        form=form,
        profile=profile,
        takes=Takes(takes),
        agreement=selectors.agreement_with(actor.organisation_id or 0, profile),
        is_running=profile.organisation_id in running,
        running=running.get(profile.organisation_id),
        back=f"{request.path}?takes={takes}",
    )
    return render(request, "partners/refer.html", context)


def _chosen(request: HttpRequest, takes: str) -> Profile | None:
    rows = selectors.directory_visible_to(actor_of(request)).filter(takes__contains=[takes])
    return rows.filter(reference=request.GET.get("partner", "")).first()


def _follows(actor: Actor, incident: Incident, reference: str) -> Referral | None:
    """The referral that came back, in whose place this one goes."""
    return selectors.referrals_of(actor, incident.pk).filter(reference=reference).first()


def _choose(
    request: HttpRequest, incident: Incident, takes: str, follows: Referral | None, refusal: Any
) -> HttpResponse:
    takes = takes or (follows.takes if follows else "")
    found = selectors.partners_for(takes, incident.last_seen_area_id) if takes else []
    running = selectors.running_with(actor_of(request), incident.pk, takes)
    tried = set(
        selectors.referrals_of(actor_of(request), incident.pk)
        .filter(takes=takes)
        .values_list("partner_id", flat=True)
    )
    context = dict[str, Any](
        incident=incident,
        kinds=[(one.value, one.label) for one in Takes],
        takes=Takes(takes) if takes else "",
        found=[
            {
                "partner": one,
                "tried": one.profile.organisation_id in tried,
                "is_running": one.profile.organisation_id in running,
                "running": running.get(one.profile.organisation_id),
            }
            for one in found
        ],
        follows=follows,
        refusal=refusal,
        back=f"/incidents/{incident.reference}/services/",
    )
    return render(request, "partners/choose.html", context)


def _form(
    request: HttpRequest,
    actor: Actor,
    incident: Incident,
    takes: str,
    profile: Profile,
    follows: Referral | None,
) -> ReferralForm:
    initial: dict[str, Any] = prefilled(actor, incident, takes)
    if follows is not None and follows.takes == takes:
        initial |= selectors.content_of(actor, follows)
        initial |= {name: getattr(follows, name) for name in ("why", "lawful_basis", "wishes")}
    back = f"/incidents/{incident.reference}/services/"
    data = request.POST if request.method == "POST" else None
    return ReferralForm.of(takes)(
        data,
        takes=takes,
        sender_id=actor.organisation_id or 0,
        partner_id=profile.organisation_id,
        initial={**initial, "version": 0},
        cancel_href=back,
    )


def _save(
    request: HttpRequest, incident: Incident, profile: Profile, follows: Referral | None, form: ReferralForm
) -> Referral:
    data = form.cleaned_data
    given: dict[str, Any] = {
        "actor": actor_of(request),
        "incident_id": incident.pk,
        "partner_id": profile.organisation_id,
        "takes": form.takes,
        "fields": form.told(),
        "lawful_basis": data["lawful_basis"],
        "why": data["why"],
        "wishes": data["wishes"],
        "follows_id": follows.pk if follows is not None else None,
    }
    if "draft" in request.POST:
        return services.draft(**given)
    return services.refer(**given, override_reason=data["override_reason"])


def _done(request: HttpRequest, referral: Referral) -> HttpResponse:
    if referral.sent_at is None:
        messages.info(request, "Kept as a draft. Nothing has been sent.")
    else:
        messages.success(request, "Sent. It is yours until the partner has accepted it.")
    return redirect("partners:referral", referral.reference)


@senders
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a draft, and send it."""
    actor, referral = actor_of(request), referral_of(request, reference)
    profile = selectors.profile_of(referral.partner_id)
    if referral.sent_at is not None or profile is None:
        raise Http404("No such draft.")
    initial: dict[str, Any] = selectors.content_of(actor, referral)
    initial |= {name: getattr(referral, name) for name in ("why", "lawful_basis", "wishes", "version")}
    data = request.POST if request.method == "POST" else None
    back = reverse("partners:referral", args=[reference])
    form = ReferralForm.of(referral.takes)(
        data,
        takes=referral.takes,
        sender_id=actor.organisation_id or 0,
        partner_id=referral.partner_id,
        initial=initial,
        cancel_href=back,
    )
    refusal = policies.may_send(actor, referral)
    if request.method == "POST" and refusal is None:
        done = attempt(form, lambda _: _go_on(request, referral, form))
        if not isinstance(done, Failed):
            return _done(request, done)
    context = dict[str, Any](
        incident=referral.incident,
        form=form,
        profile=profile,
        takes=Takes(referral.takes),
        agreement=selectors.agreement_with(referral.sender_id, profile),
        refusal=refusal,
        back=back,
    )
    return render(request, "partners/refer.html", context)


@transaction.atomic
def _go_on(request: HttpRequest, referral: Referral, form: ReferralForm) -> Referral:
    actor, data = actor_of(request), form.cleaned_data
    services.edit_draft(
        actor=actor,
        referral_id=referral.pk,
        fields=form.told(),
        lawful_basis=data["lawful_basis"],
        why=data["why"],
        wishes=data["wishes"],
        version=data["version"],
    )
    if "draft" in request.POST:
        referral.refresh_from_db()
        return referral
    return services.send(actor=actor, referral_id=referral.pk, override_reason=data["override_reason"])
