"""The picture of an alert: shown to the room, and taken away by whoever sees that it is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alerts import selectors, services
from alerts.forms.running import RemovePictureForm
from alerts.models import ChildRescueAlert
from alerts.policies.pictures import may_remove_picture
from alerts.states import CHARITY
from alerts.views.common import ask, at, hearers, opened, verb
from foundation import access
from foundation.accounts.enums import SUPERVISORS
from foundation.actors import Actor
from foundation.files.serving import sent
from foundation.requests import actor_of
from missingcases.views.common import visible
from missingcases.views.verbs import posted

removers = access.roles(SUPERVISORS | CHARITY)


@hearers
@never_cache
@require_GET
def picture(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """The picture of one version, as we wrote it; 404 once it was taken away."""
    actor = actor_of(request)
    content_type, handle = visible(
        lambda: services.open_picture(actor=actor, reference=reference, number=number)
    )
    return sent(handle, content_type=content_type)


@removers
@never_cache
@ask
def remove(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it away at once, with what is wrong with it."""
    actor, alert = actor_of(request), opened(request, reference)
    shown = selectors.shown_picture(alert)
    return verb(
        request,
        alert,
        title="Take the picture away",
        form=RemovePictureForm(**posted(request), cancel_href=at("room", alert)),
        run=lambda answers: services.remove_picture(actor=actor, alert_id=alert.pk, **answers),
        said=_said(alert),
        refusal=may_remove_picture(actor, alert, has_picture=shown is not None),
        happens=_happens(alert),
        template="alerts/content.html",
        content=shown,
        picture_url=at("picture", alert, shown.number) if shown else "",
    )


def _happens(alert: ChildRescueAlert) -> tuple[str, ...]:
    if alert.issued_at is None:
        return ("The alert goes on without a picture.", "Whoever said yes to it is asked again.")
    return (
        "It is gone from our page, feeds, billboards and other systems in the same moment.",
        "The alert itself stays out. A duty manager of the charity sends the update afterwards.",
        "It cannot be taken back. Choose another picture under Write what it says.",
    )


def _said(alert: ChildRescueAlert) -> str:
    if alert.issued_at is None:
        return "The picture is taken away."
    return "The picture is shown nowhere any more. Send the update, so that every partner hears of it."


def removing(actor: Actor, alert: ChildRescueAlert) -> dict[str, object]:
    """What the room shows of it: what was taken away, and the way to do so."""
    has_picture = alert.is_running and selectors.shown_picture(alert) is not None
    return {
        "removals": selectors.removals_of(alert),
        "picture_unsaid": selectors.shows_a_removed_picture(alert),
        "may_remove_picture": may_remove_picture(actor, alert, has_picture=has_picture) is None,
    }
