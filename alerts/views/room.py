"""The launch room of one alert."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from alerts import policies, selectors, services, turns
from alerts.cap.previews import documents_of
from alerts.cap.selectors import cancel_of
from alerts.counting import audience_of
from alerts.enums import BEFORE_ISSUE, Criterion
from alerts.forms.room import CommentForm
from alerts.models import ChildRescueAlert
from alerts.policies import running
from alerts.previews import previews_of
from alerts.selectors import alert_for
from alerts.views.common import at, framed, hearers, opened
from alerts.views.going_out import going_out
from alerts.views.pictures import removing
from alerts.views.previewing import channels_of
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted


def _offers(actor: Actor, alert: ChildRescueAlert) -> dict[str, Refusal | None]:
    """What each button answers: a policy's refusal, or nothing."""
    return {
        "edit": policies.may_edit(actor, alert),
        "areas": policies.may_choose_areas(actor, alert),
        "check": policies.may_check(actor, alert),
        "calls": policies.may_confirm_call_handling(actor, alert),
        "comment": policies.may_comment(actor, alert),
        "authorise": policies.may_authorise(actor, alert),
        "agree": policies.may_agree(actor, alert),
        "record": policies.may_record_agreement(actor, alert),
        "witness": policies.may_witness(actor, alert),
        "take_back": policies.may_take_back_agreement(actor, alert),
        "issue": policies.may_issue(actor, alert),
        "decline": policies.may_decline(actor, alert),
        "again": policies.may_ask_again(actor, alert),
        "call_off": policies.may_call_off(actor, alert),
    }


# The step that is next, by where the alert stands, for each side: only that one is a button, with its reason.
_NEXT = {
    "proposed": (("authorise", "Authorise for the force"),),
    "force_authorised": (
        ("agree", "Agree nationally"),
        ("record", "Record agreement by telephone"),
        ("witness", "Witness the agreement"),
    ),
    "nca_agreed": (("issue", "Issue the alert"),),
}
_OF_ANOTHER = frozenset({"role", "organisation"})


def _buttons(alert: ChildRescueAlert, may: dict[str, Refusal | None]) -> list[dict[str, Any]]:
    """The next steps that are this person's side's to take; one that is refused is shown with its reason."""
    return [
        {"label": label, "href": at(name, alert), "refusal": may[name]}
        for name, label in _NEXT.get(alert.status, ())
        if getattr(may[name], "code", "") not in {*_OF_ANOTHER, "not_recorded", "recorded"}
    ]


def _criteria(alert: ChildRescueAlert, may_check: Refusal | None) -> list[dict[str, Any]]:
    newest = selectors.newest_checks(alert)
    return [
        {
            "label": one.label,
            "check": newest.get(one),
            "href": "" if may_check else at("criterion", alert, one.value),
        }
        for one in Criterion
    ]


def standing(actor: Actor, alert: ChildRescueAlert) -> dict[str, Any]:
    """What changes while people work: the clock, the steps, the criteria, what is missing, the comments."""
    may, agreement, now = _offers(actor, alert), selectors.agreement_of(alert), timezone.now()
    return {
        "alert": alert,
        "now": now,
        "took": turns.took((alert.issued_at or alert.ended_at or now) - alert.proposed_at),
        "may": may,
        "buttons": _buttons(alert, may),
        "steps": turns.steps_of(alert, agreement),
        "turn": turns.turn_of(alert, agreement),
        "called_off": _called_off(actor, alert),
        **removing(actor, alert),
        "fallen": policies.fallen(alert) if alert.status in BEFORE_ISSUE else None,
        "lacks": policies.missing(alert) if alert.status in BEFORE_ISSUE else [],
        "criteria": _criteria(alert, may["check"]),
        "before_issue": alert.status in BEFORE_ISSUE,
        "comments": selectors.comments_of(alert),
        "declined_reason": alert.declined_reason,
    }


def _called_off(actor: Actor, alert: ChildRescueAlert) -> dict[str, Any] | None:
    """That the national system called off what this was taken up from, and who must act."""
    cancel = cancel_of(alert.pk) if alert.is_running else None
    if cancel is None:
        return None
    is_out = alert.issued_at is not None
    may = running.may_cancel(actor, alert) if is_out else policies.may_call_off(actor, alert)
    name, label = ("end", "End the alert") if is_out else ("call_off", "Call it off")
    return {
        "cancel": cancel,
        "words": turns.called_off(alert),
        "label": label,
        "href": "" if may else at(name, alert),
    }


def said_of(alert: ChildRescueAlert) -> dict[str, Any]:
    """What it says, to whom, and how many: the same for everybody who decides."""
    content = selectors.newest_content(alert)
    areas = selectors.areas_of(alert)
    return {
        "content": content,
        "previews": previews_of(alert, content),
        **channels_of(alert, content),
        "documents": documents_of(alert, content, [one.pk for one in areas]),
        "areas": areas,
        "audience": audience_of(alert, [one.pk for one in areas]),
        "picture_url": at("picture", alert, content.number) if content and content.stored_name else "",
    }


@hearers
@never_cache
@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, reference: str) -> HttpResponse:
    """The page that everybody who decides has before them. A comment is posted to it."""
    actor, alert = actor_of(request), opened(request, reference)
    form = CommentForm(**posted(request))
    if request.method == "POST":
        said = attempt(form, lambda answers: services.comment(actor=actor, alert_id=alert.pk, **answers))
        if not isinstance(said, Failed):
            return go(request, f"{at('room', alert)}#comments", said="Added for everybody in the room.")
    context = {
        **standing(actor, alert),
        **said_of(alert),
        **going_out(actor, alert),
        **framed(request, alert, "", form=form, poll=at("live", alert)),
    }
    return show(request, "alerts/room.html", context)


@hearers
@never_cache
@require_GET
def live(request: HttpRequest, reference: str) -> HttpResponse:
    """The part of the room that changes, asked for again by an open page: its opening is in the trail."""
    actor = actor_of(request)
    alert = visible(lambda: alert_for(actor, reference))
    return render(request, "alerts/_standing.html", standing(actor, alert))
