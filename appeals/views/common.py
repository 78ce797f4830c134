"""What the pages of appeals share: who may open them, the frame, and one shape for every verb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from appeals import services
from appeals.forms.record import WhyForm
from appeals.models import Appeal
from foundation import access
from foundation.access import Refusal, Refused
from foundation.accounts.enums import INSPECTORS, POLICE, PUBLICITY_DESK, SUPERVISORS, OrganisationKind, Role
from foundation.actors import Actor
from foundation.exceptions import Conflict, Invalid
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

readers = access.roles(POLICE | PUBLICITY_DESK | {Role.CHARITY_CASEWORKER})
both_sides = access.roles(POLICE | PUBLICITY_DESK)
police = access.roles(POLICE)
publicity_desk = access.roles(PUBLICITY_DESK)
deciders = access.roles(SUPERVISORS | PUBLICITY_DESK)
# What puts somebody before the public is done with a second factor given lately.
authorisers = access.roles(SUPERVISORS, fresh=True)
overriders = access.roles(INSPECTORS, fresh=True)
publishers = access.roles(PUBLICITY_DESK, fresh=True)


AUTHORISED_ANEW = "What police authorised has to be authorised anew after a change."


def opened(request: HttpRequest, reference: str) -> Appeal:
    """The appeal, its opening audited; 404 for whoever may not know of it."""
    return visible(lambda: services.open_appeal(actor=actor_of(request), reference=reference))


def is_charity(actor: Actor) -> bool:
    """Whether somebody looks from the charity's side."""
    return actor.organisation_kind is OrganisationKind.CHARITY


def at(name: str, appeal: Appeal, *args: object) -> str:
    """The address of one of an appeal's pages."""
    return reverse(f"appeals:{name}", args=[appeal.reference, *args])


def framed(request: HttpRequest, appeal: Appeal, title: str, **more: Any) -> dict[str, Any]:
    """The context of a page of one appeal: where it stands and the way back."""
    incident = appeal.incident.reference
    crumbs = [{"label": "Appeals", "href": reverse("appeals:listing")}]
    if not is_charity(actor_of(request)):
        crumbs.append({"label": incident, "href": reverse("missingcases:services", args=[incident])})
    if title:
        crumbs += [{"label": appeal.reference, "href": at("show", appeal)}, {"label": title}]
    else:
        crumbs.append({"label": appeal.reference})
    return {
        "appeal": appeal,
        "page_title": title,
        "crumbs": crumbs,
        "back": at("show", appeal),
        "charity_side": is_charity(actor_of(request)),
        **more,
    }


def verb(
    request: HttpRequest,
    appeal: Appeal,
    *,
    title: str,
    form: Form,
    run: Callable[[dict[str, Any]], Any],
    said: str,
    refusal: Refusal | None = None,
    to: str = "",
    happens: Sequence[str] = (),
    template: str = "appeals/verb.html",
    **more: Any,
) -> HttpResponse:
    """Show the page of one verb, or do it and go `to` (else the appeal), saying `said`."""
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, to or at("show", appeal), said=said)
    context = framed(request, appeal, title, form=form, refusal=refusal, happens=happens, **more)
    return show(request, template, context)


def press(
    request: HttpRequest, appeal: Appeal, run: Callable[[], Any], *, said: str, to: str = ""
) -> HttpResponse:
    """Do what a button asks and say how it went."""
    try:
        visible(run)
    except Refused as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    except Conflict:
        messages.error(request, "Somebody else changed this appeal meanwhile. Look again, then decide.")
    else:
        messages.success(request, said)
    return redirect(to or at("show", appeal))


def shown_version(request: HttpRequest) -> int | None:
    """The version of the appeal that a button was shown with."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def why(request: HttpRequest, appeal: Appeal, submit_label: str, *, style: str = "") -> WhyForm:
    """The form of a verb that asks only why, with the version that its page was shown with."""
    return WhyForm(
        **posted(request),
        initial={"version": appeal.version},
        submit_label=submit_label,
        submit_style=style,
        cancel_href=at("show", appeal),
    )
