"""Telling us what was seen, from the page of an appeal: no account, no cookie, no script needed."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from appeals.enums import Language, SubmissionKind
from appeals.public import form_keys, reading
from appeals.public.addresses import page_path
from appeals.public.forms import LARGEST_PHOTO, SightingForm
from appeals.public.reading import Found
from appeals.public.views.common import live_or_gone, not_kept, spoken
from appeals.services.taking import take_submission
from foundation import access
from foundation.ui.languages import by_address

# A photo, and the words with room to spare.
LARGEST_REQUEST = LARGEST_PHOTO + 500_000
_LATE = gettext_lazy(
    "This page was open for a long time. Nothing is lost: look through it, then send it again."
)
_QUICK = gettext_lazy("That was very quick. Nothing is lost: please send it again.")
_MANY = gettext_lazy(
    "Very many people are writing now. Nothing is lost: wait a minute and send it again, or call 116 000."
)
_AGAIN = gettext_lazy("Choose the photo again: browsers do not keep it.")


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
@by_address
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and its answers: kept, or shown again with what is wrong."""
    # Before anything of it is read: whoever sends a gigabyte is not waited for.
    if _length(request) > LARGEST_REQUEST:
        return not_kept(render(request, "appeals_public/too_large.html", {"here": request.path}, status=413))
    found = live_or_gone(request, token)
    if isinstance(found, HttpResponse):
        return found
    areas = reading.areas_near(found.area_ids)
    if request.method != "POST":
        kind = request.GET.get("kind", SubmissionKind.SIGHTING)
        form = SightingForm(initial={"key": form_keys.new_key(token), "kind": kind}, areas=areas)
        return _show(request, found, form)
    form = SightingForm(request.POST, request.FILES, areas=areas)
    return _take(request, found, form)


def _take(request: HttpRequest, found: Found, form: SightingForm) -> HttpResponse:
    given = form_keys.read_key(found.token, form["key"].value() or "")
    if not form.is_valid():
        return _show(request, found, form, key=_still_good(found.token, given, form))
    if isinstance(given, form_keys.Key):
        form.add_error(None, _QUICK if given is form_keys.Key.TOO_QUICK else _LATE)
        return _show(request, found, form, key=_still_good(found.token, given, form))
    photo = form.cleaned_data["photo"]
    if form_keys.is_flooded(found.token, with_photo=photo is not None):
        form.add_error(None, _MANY)
        return _show(request, found, form, status=429)
    reference = form_keys.reference_of(given)
    try:
        with transaction.atomic():
            take_submission(
                token=found.token,
                form_key=given,
                told={**form.told(), "reference": reference},
                photo=photo.read() if photo is not None else None,
            )
    except IntegrityError:
        pass  # sent twice: it is kept already
    kept_at = page_path(found.token, "seen/kept", language=spoken())
    return not_kept(HttpResponseRedirect(f"{kept_at}?r={form_keys.proof_of(reference)}"))


@access.public
@require_safe
@by_address
def kept(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, with the reference to keep. Says nothing of the appeal, so it stands when that is gone."""
    reference = form_keys.proven(request.GET.get("r", ""))
    if reference is None:
        raise Http404
    return not_kept(render(request, "appeals_public/kept.html", {"reference": reference}))


def _still_good(token: str, given: Any, form: SightingForm) -> str:
    """The key the form came with, or a new one where its time is over."""
    return form_keys.new_key(token) if given is form_keys.Key.TOO_OLD else str(form["key"].value() or "")


def _show(
    request: HttpRequest, found: Found, form: SightingForm, *, key: str = "", status: int = 200
) -> HttpResponse:
    if key:
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["key"] = key
        form.data = data
    if form.is_bound and request.FILES and "photo" not in form.errors:
        form.add_error("photo", _AGAIN)
    other = Language.ENGLISH if spoken() == Language.WELSH else Language.WELSH
    # Nobody may have written the appeal itself in the language that they are answered in.
    back = spoken() if spoken() in found.shown else next(iter(found.shown))
    given = {
        "form": form,
        "back": page_path(found.token, language=back),
        "other_href": page_path(found.token, "seen", language=other),
    }
    return not_kept(render(request, "appeals_public/seen.html", given, status=status))


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return LARGEST_REQUEST + 1
