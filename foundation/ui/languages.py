"""In which language a page speaks: by its address alone, never by what the browser would like.

A page is in one language whole, so that it is read out rightly and nobody is sent from page to page in
another one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

WELSH = "cy"
# Stands in a page that is finished before it is read, where what services announce is put in when it is.
ANNOUNCED_LATER = "<!-- announced -->"
View = Callable[..., HttpResponse]


def speaking(language: str) -> AbstractContextManager[object]:
    """Everything within is said in `language`; whatever is not Welsh is English."""
    return translation.override(WELSH if language == WELSH else settings.LANGUAGE_CODE)


def is_welsh() -> bool:
    """Whether Welsh is spoken now."""
    return translation.get_language() == WELSH


def path_in(path: str, *, welsh: bool) -> str:
    """Of a page of the public site in one language."""
    return f"/{WELSH}{path}" if welsh else path


def by_address(view: View) -> View:
    """Let a view speak the `language` that its address names, English where it names none."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: object, language: str = "en", **kwargs: object) -> HttpResponse:
        with speaking(language):
            answer = view(request, *args, **kwargs)
        answer.headers["Content-Language"] = WELSH if language == WELSH else settings.LANGUAGE_CODE
        return answer

    return spoken
