"""Automatic sharing: how each force's appeals come to the charity, and how its feed was read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from appeals import policies, selectors, services
from appeals.enums import AppealKind, Sharing
from appeals.feeds.problems import feed_words, item_words
from appeals.forms.sharing import SharingForm
from appeals.selectors import ForceSharing
from appeals.views.common import is_charity, opened, publicity_desk, verb, why
from foundation import access
from foundation.accounts.enums import INSPECTORS, PUBLICITY_DESK
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

followers = access.roles(INSPECTORS | PUBLICITY_DESK)
deciders = access.roles(INSPECTORS | PUBLICITY_DESK, fresh=True)
ask = require_http_methods(["GET", "POST"])
TITLE = "Automatic sharing"


def _found(request: HttpRequest, code: str) -> ForceSharing:
    return visible(lambda: selectors.force_to_share(actor_of(request), code))


def _context(
    request: HttpRequest, title: str, found: ForceSharing | None = None, **more: Any
) -> dict[str, Any]:
    crumbs: list[dict[str, str]] = [{"label": "Appeals", "href": reverse("appeals:listing")}]
    if found and is_charity(actor_of(request)):
        crumbs.append({"label": TITLE, "href": reverse("appeals:sharing")})
    if found and title != found.force.name:
        crumbs.append({"label": found.force.name, "href": reverse("appeals:force", args=[found.force.code])})
    return {
        "page_title": title,
        "crumbs": [*crumbs, {"label": title}],
        "force": found and found.force,
        "policy": found and found.policy,
        **more,
    }


@followers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every force for the desk; an inspector is led to their own."""
    rows = selectors.forces_to_share(actor_of(request))
    if not is_charity(actor_of(request)) and len(rows) == 1:
        return redirect("appeals:force", rows[0].force.code)
    return render(request, "appeals/sharing_list.html", _context(request, TITLE, rows=rows))


@followers
@require_GET
def force(request: HttpRequest, code: str) -> HttpResponse:
    """What was decided for one force, and how its feed was read: what was wrong, and since when."""
    found = _found(request, code)
    policy = found.policy
    problems = [
        {
            "item": one["item"],
            "words": item_words(one["code"], one["fields"]),
            "since": datetime.fromisoformat(one["since"]),
        }
        for one in (policy.feed_problems if policy else [])
    ]
    context = _context(
        request,
        found.force.name,
        found,
        problems=problems,
        why_not_read=feed_words(policy.feed_problem) if policy and policy.feed_problem else "",
        is_read=policy is not None and policy.sharing == Sharing.DRAFT and bool(policy.feed_url),
    )
    return render(request, "appeals/sharing.html", context)


@deciders
@ask
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Decide for one force."""
    found = _found(request, code)
    policy, back = found.policy, reverse("appeals:force", args=[code])
    initial = {
        "sharing": policy.sharing if policy else Sharing.DRAFT,
        "kind": policy.kind if policy else AppealKind.STANDARD,
        "feed_url": policy.feed_url if policy else "",
        "version": policy.version if policy else 0,
    }
    form = SharingForm(**posted(request), initial=initial, cancel_href=back)
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: services.set_sharing(
                actor=actor_of(request),
                organisation_id=found.force.pk,
                details=form.details(),
                version=answers["version"],
            ),
        )
        if not isinstance(done, Failed):
            return go(request, back, said="It is saved. A feed is read within five minutes.")
    title = "Change how it shares"
    return show(request, "appeals/sharing_change.html", _context(request, title, found, form=form))


@publicity_desk
@ask
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with an appeal that left its force's feed."""
    actor, appeal = actor_of(request), opened(request, reference)
    return verb(
        request,
        appeal,
        title="Keep it",
        form=why(request, appeal, "Keep it"),
        run=lambda answers: services.keep_despite_feed(actor=actor, appeal_id=appeal.pk, **answers),
        said="It is kept. Nobody is asked again, unless it comes back into the feed and leaves it once more.",
        refusal=policies.may_keep_despite_feed(actor, appeal, selectors.entry_of(appeal)),
        happens=(
            "Ask the force first why its feed dropped the appeal: the person may be found.",
            "The appeal goes on as it stands.",
        ),
    )
