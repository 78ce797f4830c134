"""Running a service for a form, so that what stands against it is said on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import Http404

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.ui.forms import VersionedForm

T = TypeVar("T")


class Failed:
    """A service did not do it; the form says why."""


FAILED = Failed()


def attempt(form: Form, run: Callable[[dict[str, Any]], T]) -> T | Failed:
    """Run a service with the form's answers; a refusal or a conflict goes onto the form.

    Nothing typed is lost: the caller shows the same bound form again.
    """
    if not form.is_valid():
        return FAILED
    try:
        return run(form.cleaned_data)
    except NotVisible:
        raise Http404 from None
    except Invalid as problem:
        for name, words in problem.problems.items():
            form.add_error(_box(form, name), words)
    except Conflict as problem:
        _show_conflict(form, problem)
    except Refused as problem:
        form.add_error(None, problem.refusal.message)
    return FAILED


def _box(form: Form, name: str) -> str | None:
    """Where a problem is written; a service calls a link by its column, such as `owner_unit_id`."""
    return next((box for box in (name, name.removesuffix("_id")) if box in form.fields), None)


def _show_conflict(form: Form, problem: Conflict) -> None:
    if not isinstance(form, VersionedForm):
        form.add_error(None, "Somebody else changed this meanwhile. Look again, then decide.")
        return
    theirs = {name: value for name, value in problem.theirs.items() if name in form.fields}
    form.show_conflict(theirs=theirs, version=problem.version)
