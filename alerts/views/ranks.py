"""Which rank authorises alerts of each force: for its administrator, and for the charity's."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from alerts import selectors, services
from alerts.forms.ranks import RankForm
from alerts.ranks import default_rank
from alerts.views.common import ask
from foundation import access
from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import show

administrators = access.roles(Role.ADMINISTRATOR)
changers = access.roles(Role.ADMINISTRATOR, fresh=True)
_TITLE = "Who authorises alerts"
_KEEPERS = frozenset({OrganisationKind.POLICE_FORCE, OrganisationKind.CHARITY})


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.organisation_kind not in _KEEPERS:
        raise Http404
    return actor


@administrators
@require_GET
def ranks(request: HttpRequest) -> HttpResponse:
    """Each force that the administrator looks after, with its rank and who set it."""
    rows = [
        {
            "force": force,
            "rank": Role(row.rank if row else default_rank()).label,
            "row": row,
            "href": reverse("alerts:rank", args=[force.code]),
        }
        for force, row in selectors.forces_with_ranks(_keeper(request))
    ]
    context = {"rows": rows, "page_title": _TITLE, "crumbs": [{"label": _TITLE}]}
    return show(request, "alerts/ranks.html", context)


@changers
@ask
def rank(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the rank of one force."""
    actor = _keeper(request)
    force = next((one for one, _ in selectors.forces_with_ranks(actor) if one.code == code), None)
    if force is None:
        raise Http404
    form = RankForm(
        request.POST if request.method == "POST" else None,
        initial={"rank": selectors.rank_of(force.pk)},
        cancel_href=reverse("alerts:ranks"),
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: services.set_authorising_rank(
                actor=actor, force_id=force.pk, rank=answers["rank"]
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Saved. It counts for alerts that are proposed from now on.")
            return redirect("alerts:ranks")
    crumbs = [{"label": _TITLE, "href": reverse("alerts:ranks")}, {"label": force.name}]
    context = {"form": form, "force": force, "page_title": _TITLE, "crumbs": crumbs}
    return show(request, "alerts/rank.html", context)
