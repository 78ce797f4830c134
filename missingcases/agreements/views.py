"""The pages of sharing agreements: what may flow, who signed it, when it is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.access import Refusal
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.agreements import policies, selectors, services
from missingcases.agreements.deadlines import review_shown_from
from missingcases.agreements.enums import AgreementStatus
from missingcases.agreements.forms import AgreementForm, EndForm, ReviewForm, SignForm
from missingcases.agreements.models import Agreement
from missingcases.agreements.states import SIGNERS
from missingcases.views.common import go, show, visible

ask = require_http_methods(["GET", "POST"])
_DETAILS = (
    "flow",
    "purpose",
    "field_names",
    "lawful_bases",
    "retention",
    "contact",
    "review_on",
    "grace_days",
)
SHOWN = 200


@access.roles(policies.READERS)
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """What is agreed with others, what waits for a signature, what is to be reviewed."""
    actor = actor_of(request)
    rows = list(selectors.visible_to(actor).order_by("status", "review_on", "pk")[:SHOWN])
    audit.record(
        actor=actor, action="agreement.listed", target=Agreement, target_ids=[row.pk for row in rows]
    )
    context = {
        "rows": [{"row": row, "href": _at(row), "warning": warning_of(row, _today())} for row in rows],
        "draft_refusal": policies.may_draft(actor),
        "draft_href": reverse("agreements:draft"),
        "ours": actor.organisation_id,
        "most": SHOWN if len(rows) == SHOWN else 0,
    }
    return render(request, "agreements/list.html", context)


def warning_of(row: Agreement, today: date) -> str:
    """What is to be said of its review; empty while that is not near."""
    if row.status != AgreementStatus.IN_FORCE or row.review_on > review_shown_from(today):
        return ""
    if row.review_on >= today:
        return "Review due"
    return "Review overdue" if today <= row.covers_until else "Covers nothing until reviewed"


@access.roles(policies.READERS)
@require_GET
def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement: what may flow, and what may be done about it."""
    actor = actor_of(request)
    row = visible(lambda: selectors.agreement_named(actor, reference))
    context = {
        "row": row,
        "warning": warning_of(row, _today()),
        "bases": row.lawful_bases_said,
        "edit_refusal": policies.may_edit(actor, row),
        "sign_refusal": policies.may_sign(actor, row),
        "review_refusal": policies.may_review(actor, row),
        "end_refusal": policies.may_end(actor, row),
        **{f"{name}_href": reverse(f"agreements:{name}", args=[reference]) for name in _VERBS},
    }
    return render(request, "agreements/agreement.html", context)


_VERBS = ("edit", "sign", "review", "end")


@access.roles(SIGNERS)
@ask
def draft(request: HttpRequest) -> HttpResponse:
    """Write a new agreement; it covers nothing until both have signed."""
    actor = actor_of(request)
    form = AgreementForm(
        request.POST or None,
        actor=actor,
        is_new=True,
        initial={"version": 1},
        cancel_href=reverse("agreements:list"),
    )

    def run(answers: dict[str, Any]) -> Agreement:
        return services.draft_agreement(
            actor=actor,
            other_id=answers["other"].pk,
            we_send=answers["direction"] == "we",
            details=_details(answers),
        )

    return _ask(
        request,
        form,
        run,
        title="Write a sharing agreement",
        said="The draft is saved. It covers nothing until a person of each organisation has signed.",
        back=reverse("agreements:list"),
    )


@access.roles(SIGNERS)
@ask
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a draft; signatures given go."""
    actor = actor_of(request)
    row = visible(lambda: selectors.agreement_named(actor, reference))
    now = {name: getattr(row, name) for name in _DETAILS}
    now["field_names"] = "\n".join(name.replace("_", " ") for name in row.field_names)
    form = AgreementForm(
        request.POST or None,
        actor=actor,
        is_new=False,
        initial=now | {"version": row.version},
        cancel_href=_at(row),
    )

    def run(answers: dict[str, Any]) -> Agreement:
        return services.edit_agreement(
            actor=actor, reference=reference, version=answers["version"], details=_details(answers)
        )

    return _ask(
        request,
        form,
        run,
        title="Change the draft",
        said="The draft is saved. Signatures that were given for other words are gone.",
        back=_at(row),
        row=row,
        refusal=policies.may_edit(actor, row),
    )


@access.roles(SIGNERS, fresh=True)
@ask
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Sign for one's own organisation, with the words on the page."""
    actor = actor_of(request)
    row = visible(lambda: selectors.agreement_named(actor, reference))
    form = SignForm(request.POST or None, initial={"version": row.version}, cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> Agreement:
        return services.sign_agreement(actor=actor, reference=reference, version=answers["version"])

    return _ask(
        request,
        form,
        run,
        title="Sign the agreement",
        said="Signed for your organisation.",
        back=_at(row),
        row=row,
        refusal=policies.may_sign(actor, row),
        facts=True,
    )


@access.roles(SIGNERS)
@ask
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it still holds, and when it is looked at next."""
    actor = actor_of(request)
    row = visible(lambda: selectors.agreement_named(actor, reference))
    form = ReviewForm(request.POST or None, initial={"version": row.version}, cancel_href=_at(row))

    def run(answers: dict[str, Any]) -> Agreement:
        return services.review_agreement(
            actor=actor,
            reference=reference,
            version=answers["version"],
            review_on=answers["review_on"],
            findings=answers["findings"],
        )

    return _ask(
        request,
        form,
        run,
        title="Review the agreement",
        said="The review is saved.",
        back=_at(row),
        row=row,
        refusal=policies.may_review(actor, row),
        facts=True,
    )


@access.roles(SIGNERS, fresh=True)
@ask
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End it for one's own side."""
    actor = actor_of(request)
    row = visible(lambda: selectors.agreement_named(actor, reference))

    def run(answers: dict[str, Any]) -> Agreement:
        return services.end_agreement(actor=actor, reference=reference, reason=answers["reason"])

    return _ask(
        request,
        EndForm(request.POST or None, cancel_href=_at(row)),
        run,
        title="End the agreement",
        said="It has ended. What was released stays released; nothing more is released under it.",
        back=_at(row),
        row=row,
        refusal=policies.may_end(actor, row),
    )


def _ask(
    request: HttpRequest,
    form: Any,
    run: Callable[[dict[str, Any]], Agreement],
    *,
    title: str,
    said: str,
    back: str,
    row: Agreement | None = None,
    refusal: Refusal | None = None,
    facts: bool = False,
) -> HttpResponse:
    """The page of one verb, or the verb itself and on to the agreement."""
    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(request, _at(done), said=said)
    context = {
        "form": form, "page_title": title, "back": back, "row": row, "refusal": refusal, "facts": facts,
        "bases": row.lawful_bases_said if row else [],
    }  # fmt: skip
    return show(request, "agreements/verb.html", context)


def _details(answers: dict[str, Any]) -> services.AgreementDetails:
    return services.AgreementDetails(**{name: answers[name] for name in _DETAILS})


def _at(row: Agreement) -> str:
    return reverse("agreements:agreement", args=[row.reference])


def _today() -> date:
    return in_london(timezone.now()).date()
