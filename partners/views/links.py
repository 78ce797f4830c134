"""A partner without accounts: a link, a code by e-mail, and one referral.

The secret of the link goes out of the address at once. Without a code nothing is shown: not even whether a
link is one of ours.
"""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.access import public
from foundation.accounts.addresses import client_address
from foundation.clients.api.limits import count
from partners import selectors
from partners.actors import LinkActor
from partners.forms.referrals import CodeForm
from partners.models import Referral
from partners.services import links, telling
from partners.services.links import Given
from partners.views.listing import page_of
from partners.views.verbs import OF_PARTNER, run

LINK = "partner_link"
KEY = "partner_key"
PRESSES_A_MINUTE = 20
_SAID = {
    Given.WRONG: "This is not the code. Look at the newest e-mail.",
    Given.OVER: "This code is over. Ask for a new one.",
    Given.ENDED: "This link is over. Ask whoever sent it for a new one.",
}


@public
@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link out of the address: its digest goes into the session."""
    request.session[LINK] = links.digest(token)
    request.session.pop(KEY, None)
    return redirect("partners:link_code")


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Have a code sent, and give it."""
    held = str(request.session.get(LINK, ""))
    form = CodeForm(request.POST if "submit" in request.POST else None)
    if request.method == "POST":
        if _too_many(request):
            messages.error(request, "Too many tries. Wait a minute.")
        elif "send" in request.POST:
            return _send(request, held)
        elif form.is_valid() and _give(request, held, form):
            return redirect("partners:link")
    asked = bool(request.session.get("partner_asked"))
    context = {"form": form if asked else None, "asked": asked, "code_form": form, "is_link": bool(held)}
    return render(request, "partners/link_code.html", context)


def _send(request: HttpRequest, held: str) -> HttpResponse:
    """Says the same whether anything was sent: who found an old link learns nothing."""
    made = links.make_code(held) if held else None
    if made is not None:
        telling.send_code(*made)
    request.session["partner_asked"] = True
    return redirect("partners:link_code")


def _give(request: HttpRequest, held: str, form: CodeForm) -> bool:
    found = links.give_code(held, form.cleaned_data["code"])
    if found.given is not Given.RIGHT:
        form.add_error("code", _SAID[found.given])
        return False
    request.session.cycle_key()
    request.session[KEY] = found.key
    request.session.pop("partner_asked", None)
    return True


def _too_many(request: HttpRequest) -> bool:
    """Per address of the visitor, whatever link they try."""
    where = sha256(client_address(request).encode()).hexdigest()[:16]
    return count(f"partners:{where}", PRESSES_A_MINUTE).is_over


def _let_in(request: HttpRequest) -> tuple[LinkActor, Referral] | None:
    actor = links.actor_of(str(request.session.get(KEY, "")))
    if actor is None:
        return None
    referral = selectors.visible_to(actor).first()
    return None if referral is None else (actor, referral)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/link_over.html", {"is_link": LINK in request.session}, status=403)


@public
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The one referral."""
    found = _let_in(request)
    if found is None:
        return _over(request)
    actor, referral = found
    context = page_of(actor, referral, "partners:link") | {"by_link": True}
    return render(request, "partners/referral.html", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """One verb on it."""
    found = _let_in(request)
    chosen = OF_PARTNER.get(verb.replace("-", "_"))
    if found is None or chosen is None:
        return _over(request)
    actor, referral = found
    answer = run(request, actor, referral, chosen, reverse("partners:link"), by_link=True)
    if answer.status_code == 302 and links.actor_of(str(request.session.get(KEY, ""))) is None:
        # It ended with what was just done, and the link with it.
        request.session.pop(KEY, None)
        return redirect("partners:link_done")
    return answer


@public
@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """It has ended: there is nothing more to look at."""
    return render(request, "partners/link_done.html")


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Finish on a shared computer."""
    links.leave(str(request.session.pop(KEY, "")))
    request.session.pop(LINK, None)
    return redirect("partners:link_done")
