"""Say Something: no account, no cookie, no session, no script needed, and nothing kept of who sends it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from families.say_something.public import keys
from families.say_something.public.forms import SayForm
from families.say_something.services.taking import take_form
from foundation import access
from foundation.ui.languages import by_address, is_welsh, path_in

LARGEST_REQUEST = 100_000
_HERE = "/say-something/"
_LATE = gettext_lazy(
    "This page was open for a long time. Nothing is lost: look through it, then send it again."
)
_QUICK = gettext_lazy("That was very quick. Nothing is lost: please send it again.")
_MANY = gettext_lazy(
    "Very many people are writing now. Nothing is lost: wait a minute and send it again, or call 116 000."
)


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@by_address
def say(request: HttpRequest) -> HttpResponse:
    """The form, and its answers: kept, or shown again with what is wrong."""
    # Before anything of it is read: whoever sends a gigabyte is not waited for.
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return _unkept(HttpResponse(status=413))
    if request.method != "POST":
        return _show(request, SayForm(initial={"key": keys.new_key()}))
    form = SayForm(request.POST)
    given = keys.read_key(str(form["key"].value() or ""))
    if not form.is_valid():
        return _show(request, form, given)
    if isinstance(given, keys.Unfit):
        form.add_error(None, _QUICK if given is keys.Unfit.TOO_QUICK else _LATE)
        return _show(request, form, given)
    if keys.is_flooded():
        form.add_error(None, _MANY)
        return _show(request, form, status=429)
    try:
        with transaction.atomic():
            take_form(form_key=given, **form.told())
    except IntegrityError:
        pass  # sent twice: it is kept already
    return _unkept(HttpResponseRedirect(path_in(f"{_HERE}thanks/", welsh=is_welsh())))


@access.public
@require_safe
@by_address
def thanks(request: HttpRequest) -> HttpResponse:
    """Thanks. There is no reference: nobody can ask who sent what."""
    other = path_in(f"{_HERE}thanks/", welsh=not is_welsh())
    return _unkept(render(request, "say_something_public/thanks.html", {"other_href": other}))


def _show(request: HttpRequest, form: SayForm, given: object = None, *, status: int = 200) -> HttpResponse:
    if given is keys.Unfit.TOO_OLD:
        data = form.data.copy()  # type: ignore[attr-defined]
        data["key"] = keys.new_key()
        form.data = data
    context = {"form": form, "other_href": path_in(_HERE, welsh=not is_welsh())}
    return _unkept(render(request, "say_something_public/say.html", context, status=status))


def _unkept(answer: HttpResponse) -> HttpResponse:
    """No browser keeps what was typed, and no search engine lists the page."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
