"""What every one of these pages does with a form: hold it to its key, keep it once, lead on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from alerts.audience import links
from alerts.audience.enums import Kind
from alerts.audience.models import PreferenceLink
from alerts.audience.public import keys
from alerts.audience.public.fields import PublicForm
from alerts.audience.services.taking import take_form
from foundation.ui.languages import View, is_welsh, path_in

LARGEST_REQUEST = 20_000
_LATE = gettext_lazy(
    "This page was open for a long time. Nothing is lost: look through it, then send it again."
)
_QUICK = gettext_lazy("That was very quick. Nothing is lost: please send it again.")
_MANY = gettext_lazy("Very many people are writing now. Nothing is lost: wait a minute and send it again.")
F = TypeVar("F", bound=PublicForm)


def small(view: View) -> View:
    """Turn away what is too large before it is read: whoever sends a gigabyte is not waited for."""

    @wraps(view)
    def held(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
            return unkept(HttpResponse(status=413))
        return view(request, *args, **kwargs)

    return held


def make_form(request: HttpRequest, form: type[F]) -> tuple[F, UUID | keys.Unfit | None]:
    """The form as it was sent, with its key; a new one where it is only looked at."""
    if request.method != "POST":
        return form(initial={"key": keys.new_key()}), None
    made = form(request.POST)
    return made, keys.read_key(str(made["key"].value() or ""))


def taken(form: PublicForm, key: UUID | keys.Unfit | None) -> UUID | None:
    """Its key, if it is complete and was filled in by a person in their time; else it says what is wrong."""
    if not form.is_bound or not form.is_valid():
        _renew(form, key)
        return None
    if isinstance(key, keys.Unfit):
        form.add_error(None, _QUICK if key is keys.Unfit.TOO_QUICK else _LATE)
        _renew(form, key)
        return None
    if keys.is_flooded():
        form.add_error(None, _MANY)
        form.is_held_up = True
        return None
    return key


def _renew(form: PublicForm, key: UUID | keys.Unfit | None) -> None:
    if form.is_bound and key is keys.Unfit.TOO_OLD:
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["key"] = keys.new_key()
        form.data = data


def is_open(token: str) -> bool:
    """Whether the link to one's choices still works. Reads only what the public site's role may."""
    rows = PreferenceLink.objects.filter(token_hash=links.hash_of(token), expires_at__gt=timezone.now())
    return rows.order_by().values_list("token_hash").exists()


def keep(key: UUID, kind: Kind, told: Mapping[str, Any]) -> None:
    """Keep it, once however often it is sent."""
    try:
        with transaction.atomic():
            take_form(form_key=key, kind=kind, told=told)
    except IntegrityError:
        pass


def page(request: HttpRequest, name: str, path: str, *, status: int = 200, **context: object) -> HttpResponse:
    """One of the pages; `path` is its own, after /alerts/, for the link to the other language."""
    other = path_in(f"{links.HERE}{path}", welsh=not is_welsh())
    if getattr(context.get("form"), "is_held_up", False):
        status = 429
    context["other_href"] = other
    return unkept(render(request, f"audience_public/{name}.html", context, status=status))


def to(path: str) -> HttpResponse:
    """On to another of them, in the same language."""
    return unkept(HttpResponseRedirect(path_in(f"{links.HERE}{path}", welsh=is_welsh())))


def unkept(answer: HttpResponse) -> HttpResponse:
    """No browser keeps what was typed, no search engine lists the page, and no site learns the address."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
