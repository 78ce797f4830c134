"""What a contact may lead to: a colleague, a message home, a call put through, a link with an incident."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from families.helpline import policies, selectors, services
from families.helpline.forms import (
    ConcernForm,
    DecideLinkForm,
    HandOverForm,
    LinkForm,
    MailForm,
    ThreeWayForm,
)
from families.helpline.models import ContactLink, HelplineContact
from families.helpline.views.common import contact_or_404, helpline, one_form
from foundation.requests import actor_of
from foundation.ui.reasons import ReasonForm
from missingcases.messages_home.forms import MessageHomeForm

_KEPT = "Kept with the record. Do not write what they told us in confidence."


@helpline
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a contact to a colleague, or back to everybody."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    people = selectors.colleagues(contact.charity_id).exclude(pk=contact.claimed_by_id or 0)
    return one_form(
        request,
        contact,
        HandOverForm(request.POST if request.method == "POST" else None, colleagues=people),
        lambda given: services.hand_over(
            actor=actor, contact_id=contact.pk, to_user_id=given["to"].pk if given["to"] else None
        ),
        heading="Hand over",
        said="The contact was handed over.",
        refusal=policies.may_hand_over(actor, contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a contact, saying why."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        ReasonForm(request.POST or None, hint=_KEPT, longest=500, submit_label="Close the contact"),
        lambda given: services.close_contact(actor=actor, contact_id=contact.pk, reason=given["reason"]),
        heading="Close",
        said="The contact is closed. Claim it if they turn to us again.",
        refusal=policies.may_close(actor, contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def message_home(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a message for somebody at home."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        MessageHomeForm(request.POST or None),
        lambda given: services.take_message_home(actor=actor, contact_id=contact.pk, **given),
        heading="Take a message home",
        intro="The family hears these words and nothing of how, when or from where they came.",
        said="The message is kept. A colleague passes it on.",
        refusal=policies.may_work_on(actor, contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer whoever wrote by e-mail."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        MailForm(request.POST or None),
        lambda given: services.answer_mail(actor=actor, contact_id=contact.pk, **given),
        heading="Answer by e-mail",
        said="Your answer is on its way.",
        refusal=policies.may_work_on(actor, contact) or services.may_answer(contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def three_way(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a call that was put through."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        ThreeWayForm(request.POST or None),
        lambda given: services.record_three_way(actor=actor, contact_id=contact.pk, **given),
        heading="Record a three-way call",
        said="The call is recorded.",
        refusal=policies.may_work_on(actor, contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a contact with an incident."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        LinkForm(request.POST or None),
        lambda given: services.link_contact(actor=actor, contact_id=contact.pk, **given),
        heading="Link with an incident",
        intro="The police are told nothing by this. Ask the caller first.",
        said="Noted. Without the caller's wish it holds once a manager agrees.",
        refusal=policies.may_work_on(actor, contact),
    )


def _live_link(contact: HelplineContact) -> ContactLink:
    found = selectors.live_link(contact)
    if found is None:
        raise Http404
    return found


@helpline
@require_http_methods(["GET", "POST"])
def decide_link(request: HttpRequest, reference: str) -> HttpResponse:
    """A manager decides on a link that the caller does not wish."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    found = _live_link(contact)
    return one_form(
        request,
        contact,
        DecideLinkForm(request.POST or None),
        lambda given: services.decide_link(
            actor=actor, link_id=found.pk, approve=given["approve"] == "yes", reason=given["reason"]
        ),
        heading="Decide on a link",
        intro=f"{found.incident.reference}: {found.get_ground_display()}. {found.reason}",
        said="Your decision is recorded.",
        refusal=policies.may_decide_link(actor, found),
    )


@helpline
@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest, reference: str) -> HttpResponse:
    """End a link."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    found = _live_link(contact)
    return one_form(
        request,
        contact,
        ReasonForm(request.POST or None, hint=_KEPT, longest=500, submit_label="End the link"),
        lambda given: services.end_link(actor=actor, link_id=found.pk, reason=given["reason"]),
        heading="End the link",
        said="The contact stands alone again.",
        refusal=policies.may_work_on(actor, contact),
    )


@helpline
@require_http_methods(["GET", "POST"])
def raise_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a safeguarding concern before the duty manager."""
    contact, actor = contact_or_404(request, reference), actor_of(request)
    return one_form(
        request,
        contact,
        ConcernForm(request.POST or None),
        lambda given: services.raise_concern(
            actor=actor,
            contact_id=contact.pk,
            concern=given["concern"],
            is_threat_to_life=given["is_threat_to_life"] == "yes",
        ),
        heading="Raise a concern",
        said="The duty manager has it.",
        refusal=policies.may_work_on(actor, contact),
    )
