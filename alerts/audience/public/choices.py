"""One's choices, for whoever holds the link that went to the address itself; and leaving, in one press."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts.audience import links
from alerts.audience.enums import Kind
from alerts.audience.public.fields import PublicForm
from alerts.audience.public.forms import AskLinkForm, ChangeForm, GoOnForm, LeaveForm, PauseForm
from alerts.audience.public.sending import is_open, keep, make_form, page, small, taken, to, unkept
from foundation import access
from foundation.ui.languages import by_address

# What may be done with a link: the page's name, its form, and what the form asks for.
_DOING: dict[str, tuple[type[PublicForm], Kind]] = {
    "change": (ChangeForm, Kind.CHANGE),
    "pause": (PauseForm, Kind.PAUSE),
    "go-on": (GoOnForm, Kind.GO_ON),
    "leave": (LeaveForm, Kind.LEAVE),
}


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer is the same whether the address gets alerts or not."""
    form, sent_key = make_form(request, AskLinkForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "ask", "choices/", form=form)
    keep(key, Kind.ASK_LINK, form.told())
    return to("choices/sent/")


@access.public
@require_safe
@by_address
def asked(request: HttpRequest) -> HttpResponse:
    """If the address gets alerts, the link is on its way."""
    return page(request, "asked", "choices/sent/")


@access.public
@require_safe
@by_address
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """What may be done."""
    if not is_open(token):
        return page(request, "closed", f"choices/{token}/", status=404)
    return page(request, "choices", f"choices/{token}/", token=token)


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def choose(request: HttpRequest, token: str, doing: str) -> HttpResponse:
    """One of the choices."""
    here = f"choices/{token}/{doing}/"
    if not is_open(token):
        return page(request, "closed", here, status=404)
    form_class, kind = _DOING[doing]
    if request.method == "POST" and kind is Kind.LEAVE:
        return _leave_at_once(token_hash=links.hash_of(token))
    form, sent_key = make_form(request, form_class)
    key = taken(form, sent_key)
    if key is None:
        return page(request, f"choose_{doing.replace('-', '_')}", here, form=form, token=token)
    told = form.told() if isinstance(form, (ChangeForm, PauseForm)) else {}
    keep(key, kind, {"token_hash": links.hash_of(token), **told})
    return to("choices/saved/")


@access.public
@require_safe
@by_address
def saved(request: HttpRequest) -> HttpResponse:
    """It is taken in."""
    return page(request, "saved", "choices/saved/")


@access.public
@require_safe
@by_address
def left(request: HttpRequest) -> HttpResponse:
    """They get no more."""
    return page(request, "left", "choices/left/")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """The link in every alert by e-mail. A mail program that posts to it leaves at once (RFC 8058)."""
    if links.leaver(token) is None:
        return page(request, "closed", f"leave/{token}/", status=404)
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        keep(uuid.uuid4(), Kind.LEAVE, {"leave_token": token})
        return unkept(HttpResponse(status=200))
    if request.method == "POST":
        return _leave_at_once(leave_token=token)
    form, _ = make_form(request, LeaveForm)
    return page(request, "leave", f"leave/{token}/", form=form)


def _leave_at_once(**whose: str) -> HttpResponse:
    """Leaving is never too quick, too late or one too many: whoever holds the link may, and twice is once."""
    keep(uuid.uuid4(), Kind.LEAVE, whose)
    return to("choices/left/")
