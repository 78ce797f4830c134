"""Authorising, publishing, pausing and withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from appeals import policies, selectors, services
from appeals.enums import WithdrawCause
from appeals.forms.record import AuthoriseForm, PublishForm, WithdrawForm
from appeals.models import Appeal
from appeals.views.appeal import content_context
from appeals.views.common import (
    at,
    authorisers,
    deciders,
    is_charity,
    opened,
    press,
    publicity_desk,
    publishers,
    readers,
    shown_version,
    verb,
    why,
)
from appeals.views.previewing import preview_context
from foundation.requests import actor_of
from missingcases.views.verbs import posted

ask = require_http_methods(["GET", "POST"])


@authorisers
@ask
def authorise(request: HttpRequest, reference: str) -> HttpResponse:
    """Authorise one version: the page shows it as every channel would."""
    actor, appeal = actor_of(request), opened(request, reference)
    content = selectors.newest_content(appeal)
    number = content.number if content else None
    form = AuthoriseForm(
        **posted(request),
        initial={"version": appeal.version, "content_number": number},
        cancel_href=at("show", appeal),
    )
    return verb(
        request,
        appeal,
        title="Authorise",
        form=form,
        run=lambda answers: services.authorise(actor=actor, appeal_id=appeal.pk, **answers),
        said=f"Version {number} is authorised. The charity may publish it once every other point is met.",
        refusal=policies.may_authorise(actor, appeal),
        template="appeals/authorise.html",
        **preview_context(request, content),
        **content_context(appeal, content),
    )


def _outlets(appeal: Appeal) -> list[tuple[str, str]]:
    content = selectors.newest_content(appeal)
    areas = selectors.area_ids_of(appeal) or ([content.area_id] if content else [])
    return [
        (str(one.pk), f"{one.name} ({one.get_channel_display()})") for one in selectors.outlets_for(areas)
    ]


@publishers
@ask
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish now or at a time; a second person at the charity does it."""
    actor, appeal = actor_of(request), opened(request, reference)
    content = selectors.newest_content(appeal)

    def run(answers: dict[str, Any]) -> Appeal:
        return services.publish_appeal(
            actor=actor,
            appeal_id=appeal.pk,
            outlet_ids=[int(one) for one in answers["outlets"]],
            publish_at=answers["publish_at"],
            embargo_until=answers["embargo_until"],
            version=answers["version"],
        )

    form = PublishForm(
        **posted(request),
        initial={"version": appeal.version},
        outlets=_outlets(appeal),
        cancel_href=at("show", appeal),
    )
    later = request.POST.get("when") == "later"
    return verb(
        request,
        appeal,
        title="Publish",
        form=form,
        run=run,
        said="It is scheduled." if later else "It is published. Each outlet's state is below.",
        refusal=policies.may_publish(actor, appeal, selectors.facts_of(appeal)),
        template="appeals/publish.html",
        **preview_context(request, content),
        **content_context(appeal, content),
    )


@publicity_desk
@require_POST
def unschedule(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back the time that it was to be published at."""
    actor, appeal, version = actor_of(request), opened(request, reference), shown_version(request)
    return press(
        request,
        appeal,
        lambda: services.unschedule(actor=actor, appeal_id=appeal.pk, version=version),
        said="It is not scheduled any more.",
    )


@deciders
@ask
def pause(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it off every channel for a while."""
    actor, appeal = actor_of(request), opened(request, reference)
    form = why(request, appeal, "Pause it")
    return verb(
        request,
        appeal,
        title="Pause",
        form=form,
        run=lambda answers: services.pause(actor=actor, appeal_id=appeal.pk, **answers),
        said="It is paused: our own pages are gone, and every outlet is told.",
        refusal=policies.may_pause(actor, appeal),
        happens=(
            "Our own pages, feeds and posters drop it at once, and every outlet is told to take it down.",
            "The charity may bring it back while every point of the checklist is met.",
        ),
    )


@publicity_desk
@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a paused appeal back."""
    actor, appeal, version = actor_of(request), opened(request, reference), shown_version(request)
    return press(
        request,
        appeal,
        lambda: services.resume(actor=actor, appeal_id=appeal.pk, version=version),
        said="It is live again.",
    )


@publicity_desk
@require_POST
def renew(request: HttpRequest, reference: str) -> HttpResponse:
    """Let it go on for another term."""
    actor, appeal, version = actor_of(request), opened(request, reference), shown_version(request)
    return press(
        request,
        appeal,
        lambda: services.renew(actor=actor, appeal_id=appeal.pk, version=version),
        said="It goes on for another 28 days.",
    )


_CAUSES_OF_CHARITY = (WithdrawCause.STAFF, WithdrawCause.CONSENT_WITHDRAWN)
_CAUSES_OF_FORCE = (WithdrawCause.POLICE_VETO, WithdrawCause.CONSENT_WITHDRAWN)


@readers
@ask
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """End it everywhere: one person is enough, and a reason."""
    actor, appeal = actor_of(request), opened(request, reference)
    causes = _CAUSES_OF_CHARITY if is_charity(actor) else _CAUSES_OF_FORCE
    return verb(
        request,
        appeal,
        title="Withdraw everywhere",
        form=WithdrawForm(**posted(request), causes=causes, cancel_href=at("show", appeal)),
        run=lambda answers: services.withdraw_appeal(actor=actor, appeal_id=appeal.pk, **answers),
        said="It is withdrawn. The ledger shows each outlet as it comes down.",
        refusal=policies.may_withdraw(actor, appeal),
        to=at("ledger", appeal),
        happens=(
            "Our own pages, feeds, playlists and posters stop showing it in the same moment.",
            "Every other outlet is told, told again until it answers, and shown in the ledger.",
            "It cannot be taken back: a new appeal would have to be asked for.",
        ),
    )
