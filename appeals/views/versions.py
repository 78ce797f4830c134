"""Versions of what an appeal says: who wrote which, what each changed, and beginning anew from one."""

from __future__ import annotations

from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from appeals import policies, selectors, services
from appeals.differences import differences
from appeals.views.common import (
    AUTHORISED_ANEW,
    framed,
    opened,
    press,
    publicity_desk,
    readers,
    shown_version,
)
from foundation.requests import actor_of


@readers
@never_cache
@require_GET
def listing(request: HttpRequest, reference: str) -> HttpResponse:
    """Every version, the newest first, with what it says otherwise than the one before it."""
    actor, appeal = actor_of(request), opened(request, reference)
    found = selectors.versions_of(appeal)
    pictures = {one.pk: number for number, one in enumerate(selectors.pictures_of(appeal), 1)}
    context = framed(
        request,
        appeal,
        "Versions",
        versions=[
            {
                "row": row,
                "differences": differences(before, row, pictures=pictures),
                "is_first": before is None,
            }
            for row, before in pairwise([*found, None])
            if row is not None
        ],
        newest=found[0].number if found else None,
        edit_refusal=policies.may_edit(actor, appeal),
        happens=AUTHORISED_ANEW if policies.authorisation_is_lost(appeal) else "",
        version_of={"version": appeal.version},
    )
    return render(request, "appeals/versions.html", context)


@publicity_desk
@require_POST
def write_again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Start the next version from an earlier one."""
    actor, appeal, version = actor_of(request), opened(request, reference), shown_version(request)
    return press(
        request,
        appeal,
        lambda: services.write_again(actor=actor, appeal_id=appeal.pk, number=number, version=version),
        said=f"What version {number} says is the newest version now. No version was changed.",
    )
