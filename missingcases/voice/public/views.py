"""How it was: opened by a link, answered once. No cookie, no session, no script needed."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation import access
from foundation.ui.languages import by_address, is_welsh, path_in
from missingcases.voice import links
from missingcases.voice.answer_fields import answers_in
from missingcases.voice.enums import LINKED
from missingcases.voice.models import Invitation, Submission
from missingcases.voice.public import keys
from missingcases.voice.public.forms import HowItWasForm
from missingcases.voice.services.answering import take_form

LARGEST_REQUEST = 50_000
_LATE = gettext_lazy(
    "This page was open for a long time. Nothing is lost: look through it, then send it again."
)
_QUICK = gettext_lazy("That was very quick. Nothing is lost: please send it again.")
_MANY = gettext_lazy(
    "Very many people are writing now. Nothing is lost: wait a minute and send it again, or call 116 000."
)


def _is_open(token_hash: str) -> bool:
    """Whether this link still takes an answer. Reads only what the public site's role may."""
    rows = Invitation.objects.filter(token_hash=token_hash).values_list("status", "expires_at")
    found = next(iter(rows.order_by()[:1]), None)
    if found is None or found[0] not in LINKED or found[1] <= timezone.now():
        return False
    return not Submission.objects.filter(token_hash=token_hash).values_list("id").exists()


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@by_address
def how_it_was(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and what becomes of the answers. Every link that opens nothing looks the same."""
    # Before anything of it is read: whoever sends a gigabyte is not waited for.
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return _unkept(HttpResponse(status=413))
    if request.method == "POST":
        return _answered(request, token)
    if not _is_open(links.hash_of(token)):
        return _closed(request, token)
    return _show(request, token, HowItWasForm(initial={"key": keys.new_key()}))


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    """Kept, or shown again with what is wrong and everything that was typed."""
    form = HowItWasForm(request.POST)
    given = keys.read_key(str(form["key"].value() or ""))
    if not _is_open(links.hash_of(token)):
        return _after(request, token, form, given)
    if not form.is_valid():
        return _show(request, token, form, given)
    if isinstance(given, keys.Unfit):
        form.add_error(None, _QUICK if given is keys.Unfit.TOO_QUICK else _LATE)
        return _show(request, token, form, given)
    if keys.is_flooded():
        form.add_error(None, _MANY)
        return _show(request, token, form, status=429)
    try:
        with transaction.atomic():
            take_form(
                token_hash=links.hash_of(token),
                form_key=given,
                answers=answers_in(form.cleaned_data),
                words=form.cleaned_data["words"],
            )
    except IntegrityError:
        return _after(request, token, form, given)
    return _thanks(form)


def _after(request: HttpRequest, token: str, form: HowItWasForm, given: UUID | keys.Unfit) -> HttpResponse:
    """Somebody pressed twice: thanks again. Any other sees that the link is closed."""
    if not isinstance(given, keys.Unfit):
        sent = Submission.objects.filter(token_hash=links.hash_of(token), form_key=given)
        if sent.values_list("id").exists():
            return _thanks(form)
    return _closed(request, token)


def _thanks(form: HowItWasForm) -> HttpResponse:
    talk = "talk/" if form.data.get("ring") == "yes" else ""
    return _unkept(HttpResponseRedirect(path_in(f"{links.HERE}thanks/{talk}", welsh=is_welsh())))


@access.public
@require_safe
@by_address
def thanks(request: HttpRequest, *, talk: bool = False) -> HttpResponse:
    """Thanks; and for whoever wants to talk, whom to call."""
    end = "talk/" if talk else ""
    other = path_in(f"{links.HERE}thanks/{end}", welsh=not is_welsh())
    return _unkept(render(request, "voice_public/thanks.html", {"other_href": other, "talk": talk}))


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    context = {"other_href": _other(token)}
    return _unkept(render(request, "voice_public/closed.html", context, status=404))


def _show(
    request: HttpRequest, token: str, form: HowItWasForm, given: object = None, *, status: int = 200
) -> HttpResponse:
    if given is keys.Unfit.TOO_OLD:
        data = form.data.copy()  # type: ignore[attr-defined]
        data["key"] = keys.new_key()
        form.data = data
    context = {"form": form, "other_href": _other(token)}
    return _unkept(render(request, "voice_public/form.html", context, status=status))


def _other(token: str) -> str:
    return path_in(f"{links.HERE}{token}/", welsh=not is_welsh())


def _unkept(answer: HttpResponse) -> HttpResponse:
    """No browser keeps what was typed, no search engine lists the page, and no site learns the address."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
