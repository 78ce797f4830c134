"""Signing up and confirming: no account, cookie, session or script needed, and one answer to everybody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alerts.audience import links
from alerts.audience.enums import Kind
from alerts.audience.models import SignUp
from alerts.audience.public import keys
from alerts.audience.public.forms import CodeForm, ConfirmForm, SignUpForm
from alerts.audience.public.sending import keep, make_form, page, small, taken, to
from alerts.enums import AudienceChannel
from foundation import access
from foundation.ui.languages import by_address

_WRONG = gettext_lazy("This is not the code, or its hour is over. Look at the newest text from us.")
_OFTEN = gettext_lazy("That was tried too often. Sign up again in an hour, or use your e-mail address.")


def _waits(token_hash: str) -> bool:
    """Whether a code or a link is one that waits. Reads only what the public site's role may."""
    rows = SignUp.objects.filter(token_hash=token_hash, confirmed_at__isnull=True)
    return rows.filter(expires_at__gt=timezone.now()).order_by().values_list("token_hash").exists()


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form. What follows is the same whether the address is known to us or not."""
    form, sent_key = make_form(request, SignUpForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "sign_up", "sign-up/", form=form)
    told = form.told()
    keep(key, Kind.SIGN_UP, told)
    after = {AudienceChannel.SMS: f"code/{key.hex}/", AudienceChannel.WEB_PUSH: "sign-up/pushed/"}
    return to(after.get(told["channel"], "sign-up/sent/"))


@access.public
@require_safe
@by_address
def sent(request: HttpRequest) -> HttpResponse:
    """A link is on its way by e-mail."""
    return page(request, "sent", "sign-up/sent/")


@access.public
@require_safe
@by_address
def pushed(request: HttpRequest) -> HttpResponse:
    """A push is on its way to this device."""
    return page(request, "pushed", "sign-up/pushed/")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def code(request: HttpRequest, number: str) -> HttpResponse:
    """The code from the text, for whoever has the page to which signing up led."""
    try:
        asked = UUID(hex=number)
    except ValueError:
        raise Http404 from None
    form, sent_key = make_form(request, CodeForm)
    here = f"code/{asked.hex}/"
    key = taken(form, sent_key)
    if key is None:
        return page(request, "code", here, form=form)
    if keys.is_tried_too_often(asked):
        form.add_error("code", _OFTEN)
        return page(request, "code", here, form=form, status=429)
    token_hash = links.hash_of_code(asked, form.cleaned_data["code"])
    if not _waits(token_hash):
        form.add_error("code", _WRONG)
        return page(request, "code", here, form=form)
    keep(key, Kind.CONFIRM, {"token_hash": token_hash})
    return to("confirmed/")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@small
@by_address
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the e-mail: a button confirms, opening the page does not."""
    token_hash = links.hash_of(token)
    if not _waits(token_hash):
        return page(request, "closed", f"confirm/{token}/", status=404)
    form, sent_key = make_form(request, ConfirmForm)
    key = taken(form, sent_key)
    if key is None:
        return page(request, "confirm", f"confirm/{token}/", form=form)
    keep(key, Kind.CONFIRM, {"token_hash": token_hash})
    return to("confirmed/")


@access.public
@require_safe
@by_address
def confirmed(request: HttpRequest) -> HttpResponse:
    """They get alerts from now on."""
    return page(request, "confirmed", "confirmed/")
