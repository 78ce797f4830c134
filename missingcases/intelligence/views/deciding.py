"""What an approver does with a report, and taking one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.access import Refusal, Refused
from foundation.exceptions import Invalid
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm
from foundation.ui.reasons import ReasonForm
from missingcases.intelligence import policies, selectors, services
from missingcases.intelligence.forms import ApproveForm, SendForm
from missingcases.intelligence.models import Report
from missingcases.intelligence.states import APPROVERS, WRITERS
from missingcases.intelligence.views.reading import written
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

approvers = access.roles(APPROVERS)
read_or_write = require_http_methods(["GET", "POST"])


@approvers
@never_cache
@read_or_write
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Original beside sanitised, line by line; approving sends it in the same press."""
    actor = actor_of(request)
    row = _opened(request, reference)
    leaks = selectors.leaks_of(row)
    form = ApproveForm(
        **posted(request),
        initial={"version": row.version, "lawful_basis": services.BASIS[row.urgency]},
        has_leaks=bool(leaks),
        cancel_href=_at(row),
        cancel_label="Not now",
    )

    def run(answers: dict[str, Any]) -> Report:
        return services.approve_report(
            actor=actor,
            reference=reference,
            looked_at_leaks=answers.get("looked_at_leaks", False),
            version=answers["version"],
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return _sent(request, row, form.cleaned_data["lawful_basis"])
    context = written(actor, row) | {"form": form, "leaks": leaks}
    return show(request, "intelligence/approve.html", context)


def _sent(request: HttpRequest, row: Report, basis: str) -> HttpResponse:
    """Approved; sending may still be refused by an agreement, and then waits with the reason shown."""
    try:
        services.send_report(actor=actor_of(request), reference=row.reference, lawful_basis=basis)
    except Refused as refused:
        said = refused.refusal.message
    except Invalid as problem:
        said = " ".join(problem.problems.values())
    else:
        return go(request, _at(row), said="Approved and sent. The force is to acknowledge it.")
    messages.warning(request, f"Approved, and not sent yet: {said}")
    return go(request, reverse("intelligence:send", args=[row.reference]))


@approvers
@read_or_write
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send what was approved and did not go."""
    row = _opened(request, reference)
    form = SendForm(**posted(request), initial={"lawful_basis": services.BASIS[row.urgency]})
    return _asked(
        request,
        reference,
        form,
        services.send_report,
        policies.may_send,
        "Send the report",
        "Sent. The force is to acknowledge it.",
    )


@approvers
@read_or_write
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return it to its author, saying what is to be mended."""
    form = ReasonForm(**posted(request), submit_label="Return it", label="What is to be mended", longest=1000)
    return _asked(
        request,
        reference,
        form,
        services.return_report,
        policies.may_return,
        "Return to its author",
        "Returned. Its author reads what is to be mended.",
    )


@access.roles(WRITERS)
@read_or_write
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back for good."""
    form = ReasonForm(
        **posted(request),
        submit_label="Withdraw the report",
        submit_style="warning",
        hint="A force that has it can read it no more. Give no name.",
        longest=1000,
    )
    return _asked(
        request,
        reference,
        form,
        services.withdraw_report,
        policies.may_withdraw,
        "Withdraw the report",
        "Withdrawn for good.",
    )


def _asked(
    request: HttpRequest,
    reference: str,
    form: HarbourForm,
    verb: Callable[..., Report],
    policy: Callable[[Any, Report], Refusal | None],
    title: str,
    said: str,
) -> HttpResponse:
    """One shape for a verb with a question: the page, or the deed."""
    actor = actor_of(request)
    row = _opened(request, reference)

    def run(answers: dict[str, Any]) -> Report:
        return verb(actor=actor, reference=reference, **answers)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said=said)
    context = {"report": row, "form": form, "title": title, "refusal": policy(actor, row), "back": _at(row)}
    return show(request, "intelligence/verb.html", context)


def _opened(request: HttpRequest, reference: str) -> Report:
    return visible(lambda: services.open_report(actor=actor_of(request), reference=reference))


def _at(row: Report) -> str:
    return reverse("intelligence:report", args=[row.reference])
