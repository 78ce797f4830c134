"""What the pages of alerts share: who may open them, the frame, and one shape for every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alerts import services
from alerts.forms.room import WhyForm
from alerts.models import ChildRescueAlert
from alerts.states import AUTHORISERS, CHARITY, NATIONAL, WITNESSES
from foundation import access
from foundation.access import Refusal
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reach import can_open
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

readers = access.roles(POLICE | CHARITY | NATIONAL)
# A caseworker who heard the national unit agree reads what they witness, and nothing else of alerts.
hearers = access.roles(POLICE | WITNESSES | NATIONAL)
police = access.roles(POLICE)
writers = access.roles(POLICE | CHARITY)
decliners = access.roles(AUTHORISERS | CHARITY | NATIONAL)
# What puts a child before the public is done with a second factor given lately.
authorisers = access.roles(AUTHORISERS, fresh=True)
unit = access.roles(NATIONAL, fresh=True)
witnesses = access.roles(WITNESSES, fresh=True)
managers = access.roles(CHARITY, fresh=True)

ask = require_http_methods(["GET", "POST"])
DECIDED_ANEW = "Somebody has said yes to it as it is. After a change all are asked again."


def opened(request: HttpRequest, reference: str) -> ChildRescueAlert:
    """The alert, its opening audited; 404 for whoever may not know of it."""
    return visible(lambda: services.open_alert(actor=actor_of(request), reference=reference))


def at(name: str, alert: ChildRescueAlert, *args: object) -> str:
    """The address of one of an alert's pages."""
    return reverse(f"alerts:{name}", args=[alert.reference, *args])


def crumbs_of(request: HttpRequest, alert: ChildRescueAlert, title: str) -> list[dict[str, str]]:
    """The way back; to the incident for its own force alone."""
    is_listed = can_open(actor_of(request), "alerts:listing")
    crumbs = [{"label": "Alerts", "href": reverse("alerts:listing")}] if is_listed else []
    if actor_of(request).organisation_kind is OrganisationKind.POLICE_FORCE and alert.incident is not None:
        incident = alert.incident.reference
        crumbs.append({"label": incident, "href": reverse("missingcases:services", args=[incident])})
    if title:
        return [*crumbs, {"label": alert.reference, "href": at("room", alert)}, {"label": title}]
    return [*crumbs, {"label": alert.reference}]


def framed(request: HttpRequest, alert: ChildRescueAlert, title: str, **more: Any) -> dict[str, Any]:
    """The context of a page of one alert."""
    return {
        "alert": alert,
        "is_rehearsal": alert.is_rehearsal,
        "page_title": title,
        "crumbs": crumbs_of(request, alert, title),
        "back": at("room", alert),
        **more,
    }


def verb(
    request: HttpRequest,
    alert: ChildRescueAlert,
    *,
    title: str,
    form: Form,
    run: Callable[[dict[str, Any]], Any],
    said: str,
    refusal: Refusal | None = None,
    happens: Sequence[str] = (),
    template: str = "alerts/verb.html",
    to: str = "",
    **more: Any,
) -> HttpResponse:
    """Show the page of one step, or take it and go to the room or to `to`, saying `said`."""
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, to or at("room", alert), said=said)
    context = framed(request, alert, title, form=form, refusal=refusal, happens=happens, **more)
    return show(request, template, context)


def why(request: HttpRequest, alert: ChildRescueAlert, submit_label: str, *, style: str = "") -> WhyForm:
    """The form of a step that asks only why, with the version that its page was shown with."""
    return WhyForm(
        **posted(request),
        initial={"version": alert.version},
        submit_label=submit_label,
        submit_style=style,
        cancel_href=at("room", alert),
    )
