"""The list of referrals, each side its own, and one referral."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from foundation.contributions import Link
from foundation.requests import actor_of
from missingcases.models import MissingPerson
from partners import policies, selectors
from partners.allowed import ALLOWED
from partners.enums import SHOWN, ReferralStatus, WorksBy
from partners.models import Referral
from partners.services import reading
from partners.states import SENDERS
from partners.views.common import readers, referral_of
from partners.views.verbs import OF_PARTNER, OF_SENDER, Verb

VIEWS = {
    "open": "Not ended",
    "waiting": "Waiting for an answer",
    "running": "Accepted, or in progress",
    "back": "Came back",
    "drafts": "Drafts",
    "ended": "Ended",
    "all": "All",
}
SHOWN_MOST = 100


@readers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What was referred, newest first."""
    actor = actor_of(request)
    views = dict(VIEWS)
    if actor.organisation_kind == OrganisationKind.PARTNER:
        del views["drafts"], views["back"]
    show = request.GET.get("show", "open")
    show = show if show in views else "open"
    rows = list(selectors.listed(actor, show)[:SHOWN_MOST])
    reading.read_list(actor=actor, ids=[row.pk for row in rows])
    named = actor.organisation_kind == OrganisationKind.POLICE_FORCE
    context = dict[str, Any](
        of_partner=actor.organisation_kind == OrganisationKind.PARTNER,
        rows=[(row, row.incident.person.full_name if named else "") for row in rows],
        views=views,
        show=show,
        heading=views[show],
        is_full=len(rows) == SHOWN_MOST,
    )
    return render(request, "partners/listing.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One field of what was sent."""

    key: str
    value: str


@readers
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One referral, as far as the visitor may read it."""
    actor, referral = actor_of(request), referral_of(request, reference)
    context = page_of(actor, referral, "partners:referral")
    context["extra"] = _of_sender(actor, referral)
    return render(request, "partners/referral.html", context)


def page_of(actor: Actor, referral: Referral, name: str) -> dict[str, Any]:
    """What a page of one referral shows; `name` is the page's own: a link's holder stays in theirs."""
    told = reading.read(actor=actor, referral=referral)
    is_sender = policies.is_of_sender(actor, referral)
    why_ended, reason_words = selectors.ending_of(actor, referral)
    return {
        "referral": referral,
        "is_sender": is_sender,
        "why_ended": why_ended,
        "reason_words": reason_words,
        "told": [Line(one.label, told[one.name]) for one in ALLOWED[referral.takes] if one.name in told],
        "content_refusal": policies.may_read_content(actor, referral),
        "progress": referral.progress.select_related("by"),
        "holdings": selectors.holdings_of(referral) if is_sender else (),
        "actions": _actions(actor, referral, OF_SENDER if is_sender else OF_PARTNER, name),
    }


def _actions(actor: Actor, referral: Referral, verbs: dict[str, Verb], name: str) -> list[Link]:
    """What can be done now; what would be refused says why on its own page."""
    return [
        Link(verb.title, _address(name, key, referral))
        for key, verb in verbs.items()
        if verb.refusal(actor, referral) is None
    ]


def _address(name: str, key: str, referral: Referral) -> str:
    if name == "partners:link":
        return reverse("partners:link_verb", args=[key.replace("_", "-")])
    return reverse(f"partners:{key}", args=[referral.reference])


def _of_sender(actor: Actor, referral: Referral) -> dict[str, Any]:
    """What only the sending side sees: the person, the next partner, the link, taking over."""
    if not policies.is_of_sender(actor, referral):
        return {}
    profile = selectors.profile_of(referral.partner_id)
    person: MissingPerson | None = None
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        person = referral.incident.person
    by_link = profile is not None and profile.works_by == WorksBy.LINK
    running = referral.links.filter(ended_at__isnull=True, expires_at__gt=timezone.now()).exists()
    return {
        "person": person,
        "profile": profile,
        "is_back": policies.may_settle(actor, referral) is None,
        "again": reverse("partners:refer", args=[referral.incident.reference])
        + f"?takes={referral.takes}&instead={referral.reference}",
        "take_over_refusal": policies.may_take_over(actor, referral),
        "resend_refusal": policies.may_resend(actor, referral),
        "is_by_link": by_link and referral.status in SHOWN,
        "link_ended": by_link and referral.status in SHOWN and not running,
        "is_draft": referral.status == ReferralStatus.DRAFT and actor.holds(SENDERS),
        "is_strangers": referral.sender_id != actor.organisation_id,
    }
