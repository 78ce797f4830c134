"""Issuing, and everything that is done while an alert goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alerts import policies, reckoning, services
from alerts.enums import AlertStatus, AudienceChannel, Language
from alerts.forms.running import AlsoForm, CostForm, EndForm, IssueForm, RenewForm, ReviewForm, UpdateForm
from alerts.models import ChildRescueAlert
from alerts.money import pounds
from alerts.planning import Run, languages_of, newest_content, plan_alert, plan_update
from alerts.policies import running
from alerts.report import lasting
from alerts.selectors import area_ids_of
from alerts.states import AUTHORISERS, CHARITY
from alerts.views.common import ask, at, managers, opened, verb, writers
from alerts.views.room import said_of
from foundation import access
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.requests import actor_of
from missingcases.views.verbs import posted

reviewers = access.roles(AUTHORISERS | CHARITY)
approvers = access.roles(CHARITY, fresh=True)
_LAST_STEP = "alerts/last_step.html"


def _versioned(request: HttpRequest, alert: ChildRescueAlert) -> dict[str, Any]:
    return {**posted(request), "initial": {"version": alert.version}, "cancel_href": at("room", alert)}


def _planned(alert: ChildRescueAlert) -> list[Run]:
    """What would go out now: the alert, or its update."""
    content, now = newest_content(alert), timezone.now()
    if content is None:
        return []
    if alert.status != AlertStatus.ISSUED:
        return plan_alert(alert, content, area_ids_of(alert), now=now)
    unsaid = running.may_be_said(content, needed=languages_of(alert))
    return [] if unsaid else plan_update(alert, content, now=now)


def estimate_of(runs: Sequence[Run]) -> dict[str, Any]:
    """What it would cost and take, in words for the page."""
    found = reckoning.reckon(runs)
    limit = reckoning.ceiling()
    return {
        "lines": [
            {
                "label": f"{AudienceChannel(run.channel).label}, {Language(run.language).label}",
                "recipients": run.recipients,
                "segments": run.segments,
                "cost": "no price set" if line.pence is None else pounds(line.pence),
                "takes": _takes(found.takes.get(run.channel)),
            }
            for run, line in zip(runs, found.lines, strict=True)
        ],
        "recipients": found.recipients,
        "cost": pounds(found.pence),
        "unpriced": found.unpriced,
        "takes": _takes(found.longest),
        "ceiling": None if limit is None else pounds(limit),
        "is_above": limit is not None and found.pence > limit,
    }


def _takes(span: Any) -> str:
    return "no line is on" if span is None else lasting(span)


def _offered(runs: Sequence[Run]) -> list[str]:
    return sorted({run.channel for run in runs if run.recipients})


@managers
@never_cache
@ask
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    """The last step, with what it says, to whom, what it costs and how long it takes before one's eyes."""
    actor, alert = actor_of(request), opened(request, reference)
    refusal = policies.may_issue(actor, alert)
    runs = [] if refusal else _planned(alert)
    offered = _offered(runs)
    form = IssueForm(
        **posted(request),
        initial={"version": alert.version, "channels": offered},
        offered=offered,
        cancel_href=at("room", alert),
    )
    if refusal is None and not offered:
        refusal = reckoning.nobody(runs)
    return verb(
        request,
        alert,
        title="Issue the alert",
        form=form,
        run=lambda answers: services.issue_alert(
            actor=actor, alert_id=alert.pk, version=answers["version"], channels=answers["channels"]
        ),
        said="It is issued, and goes out now.",
        refusal=refusal,
        happens=_warned(actor, alert, runs),
        template=_LAST_STEP,
        estimate=estimate_of(runs),
        **said_of(alert),
    )


def _warned(actor: Actor, alert: ChildRescueAlert, runs: Sequence[Run]) -> tuple[str, ...]:
    """What would be refused as things stand, while there is time to mend it."""
    found = reckoning.refusal_of(actor, alert, runs) if runs else None
    return (found.message,) if found else ()


@managers
@never_cache
@ask
def also(request: HttpRequest, reference: str) -> HttpResponse:
    """Send it by a channel that was left out."""
    actor, alert = actor_of(request), opened(request, reference)
    refusal = running.may_issue_also(actor, alert)
    offered = [] if refusal else _left_out(alert)
    if refusal is None and not offered:
        refusal = Refusal("all", "It goes out by every channel that anybody asked for.")
    form = AlsoForm(
        **posted(request),
        initial={"version": alert.version, "channels": offered},
        offered=offered,
        cancel_href=at("room", alert),
    )
    return verb(
        request,
        alert,
        title="Send it by another channel",
        form=form,
        run=lambda answers: services.issue_also_by(
            actor=actor, alert_id=alert.pk, version=answers["version"], channels=answers["channels"]
        ),
        said="It goes out by these too.",
        refusal=refusal,
    )


def _left_out(alert: ChildRescueAlert) -> list[str]:
    last = alert.notices.filter(runs__isnull=False).order_by("-number").first()
    if last is None:
        return []
    runs = plan_alert(alert, last.content, last.area_ids, now=timezone.now())
    return sorted(set(_offered(runs)) - set(last.runs.values_list("channel", flat=True)))


@managers
@never_cache
@ask
def update(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the newest words to everybody whom it was issued to."""
    actor, alert = actor_of(request), opened(request, reference)
    refusal = running.may_update(actor, alert)
    runs = [] if refusal else _planned(alert)
    return verb(
        request,
        alert,
        title="Send the update",
        form=UpdateForm(**_versioned(request, alert)),
        run=lambda answers: services.update_alert(actor=actor, alert_id=alert.pk, version=answers["version"]),
        said="The update goes out now.",
        refusal=refusal,
        happens=(
            "It goes to everybody whom the alert was issued to.",
            "Who has not been reached yet gets the new words alone.",
            *_warned(actor, alert, runs),
        ),
        template=_LAST_STEP,
        estimate=estimate_of(runs),
        **said_of(alert),
    )


@writers
@never_cache
@ask
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Stand it down."""
    actor, alert = actor_of(request), opened(request, reference)
    form = EndForm(**posted(request), is_rehearsal=alert.is_rehearsal, cancel_href=at("room", alert))
    return verb(
        request,
        alert,
        title="End the alert",
        form=form,
        run=lambda answers: services.cancel_alert(actor=actor, alert_id=alert.pk, **answers),
        said="It has ended. Everybody who was reached is told that it is over.",
        refusal=running.may_cancel(actor, alert),
        happens=(
            "Nothing more of it goes out, and it is shown nowhere from now on.",
            "Everybody who was reached is told that it is over, and not how.",
            "It cannot be taken back.",
        ),
    )


@reviewers
@ask
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is still needed."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Review the alert",
        form=ReviewForm(**_versioned(request, alert)),
        run=lambda answers: services.review_alert(actor=actor, alert_id=alert.pk, version=answers["version"]),
        said="It is asked again in four hours.",
        refusal=running.may_review(actor, alert),
        happens=("If it is not needed any more, end it instead.",),
    )


@reviewers
@ask
def renew(request: HttpRequest, reference: str) -> HttpResponse:
    """Have it last another day."""
    actor, alert = actor_of(request), opened(request, reference)
    return verb(
        request,
        alert,
        title="Renew the alert",
        form=RenewForm(**_versioned(request, alert)),
        run=lambda answers: services.renew_alert(actor=actor, alert_id=alert.pk, version=answers["version"]),
        said="It lasts for another 24 hours.",
        refusal=running.may_review(actor, alert),
        happens=("It stays before the public for 24 hours from now. Nobody is written to for that.",),
    )


@approvers
@ask
def cost(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree, as somebody beside the issuer, to what a notice costs."""
    actor, alert = actor_of(request), opened(request, reference)
    refusal = running.may_approve_cost(actor, alert)
    form = CostForm(**posted(request), cancel_href=at("room", alert))
    return verb(
        request,
        alert,
        title="Approve the cost",
        form=form,
        run=lambda answers: services.approve_cost(actor=actor, alert_id=alert.pk, pence=form.pence()),
        said="The cost is approved. Whoever issues it has to be somebody else.",
        refusal=refusal,
        happens=("Whoever approves the cost does not issue the alert.",),
        template="alerts/cost.html",
        estimate=estimate_of([] if refusal else _planned(alert)),
    )
