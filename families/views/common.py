"""What the pages share: who is let in, the frame of a case, and one shape for everything that is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from families import policies
from families.models import FamilyMember, SupportCase
from families.selectors.cases import case_for
from families.selectors.members import conflicts_of, member_for
from families.states import WORKERS
from foundation import access
from foundation.access import Refusal, Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm
from missingcases.views.common import go, show, visible

worker = access.roles(WORKERS)
read_or_write = require_http_methods(["GET", "POST"])
_PARTS = (
    ("case", "Overview"),
    ("log", "Contact log"),
    ("told", "What they were told"),
    ("plans", "Follow-ups and signposts"),
)


def the_case(request: HttpRequest, reference: str) -> SupportCase:
    """The case of that reference, or 404."""
    return visible(lambda: case_for(actor_of(request), reference))


def the_member(request: HttpRequest, reference: str) -> FamilyMember:
    """The member of that reference, or 404."""
    return visible(lambda: member_for(actor_of(request), reference))


def framed(request: HttpRequest, case: SupportCase, current: str, title: str, **more: Any) -> dict[str, Any]:
    """The context of a page of one case."""
    items = [
        {"label": label, "href": at(name, case.reference), "current": name == current}
        for name, label in _PARTS
    ]
    return {
        "case": case,
        "case_items": items,
        "page_title": title,
        "case_href": at("case", case.reference),
        "write_refusal": policies.may_write(actor_of(request), case),
        "conflicts": conflicts_of(case),
        **more,
    }


def at(name: str, *args: object) -> str:
    """The address of a page of family support."""
    return reverse(f"families:{name}", args=args)


def why(data: QueryDict | None, label: str, **more: Any) -> ReasonForm:
    """The form that asks why."""
    return ReasonForm(data, submit_label=label, hint="This is kept with the record.", **more)


def verb(
    request: HttpRequest,
    case: SupportCase,
    *,
    title: str,
    form: Form,
    run: Callable[[dict[str, Any]], Any],
    said: str,
    to: str,
    refusal: Refusal | None = None,
    happens: Sequence[str] = (),
    caution: str = "",
    about: str = "",
    template: str = "families/verb.html",
    **more: Any,
) -> HttpResponse:
    """Show the questions of one verb, or do it and go `to`, saying `said`. Nothing typed is lost.

    `about` is the name of the member it is done for, above the questions; else whom the family misses.
    """
    refusal = refusal or policies.may_write(actor_of(request), case)
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, to, said=said)
    context = framed(
        request,
        case,
        "",
        title,
        form=form,
        refusal=refusal,
        happens=happens,
        caution=caution,
        about=about or case.about,
        back=to,
        **more,
    )
    return show(request, template, context)


def do(request: HttpRequest, run: Callable[[], Any], *, said: str, to: str) -> HttpResponse:
    """Run a verb of a one-button form, say how it went, and go `to`."""
    try:
        run()
    except NotVisible:
        raise Http404 from None
    except Refused as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    except Conflict:
        messages.error(request, "Somebody else changed this meanwhile. Look again.")
    else:
        messages.success(request, said)
    return redirect(to)
