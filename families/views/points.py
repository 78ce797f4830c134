"""The ways to reach a member: adding one, preferring, and what makes one unsafe."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from families.forms.members import PointForm
from families.models import ContactPoint
from families.selectors.members import point_for
from families.services import points as verbs
from families.views.common import at, do, read_or_write, the_member, verb, why, worker
from foundation.requests import actor_of
from missingcases.views.common import visible
from missingcases.views.verbs import posted


def _point(request: HttpRequest, reference: str) -> ContactPoint:
    return visible(lambda: point_for(actor_of(request), reference))


@worker
@read_or_write
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a way to be reached."""
    found = the_member(request, reference)
    return verb(
        request,
        found.case,
        about=found.name,
        title="A way to reach them",
        form=PointForm(**posted(request), cancel_href=at("member", reference)),
        run=lambda answers: verbs.add_point(actor=actor_of(request), member_id=found.pk, **answers),
        said="Added.",
        to=at("member", reference),
    )


@worker
@read_or_write
def safety(request: HttpRequest, reference: str, *, is_safe: bool) -> HttpResponse:
    """Mark it unsafe, or safe again (`is_safe`), saying why."""
    actor, point = actor_of(request), _point(request, reference)
    title = "It is safe again" if is_safe else "Mark it unsafe"

    def run(answers: dict[str, str]) -> ContactPoint:
        if is_safe:
            return verbs.mark_safe(actor=actor, point_id=point.pk, reason=answers["reason"])
        return verbs.mark_unsafe(actor=actor, point_id=point.pk, why=answers["reason"])

    back = at("member", point.member.reference)
    return verb(
        request,
        point.member.case,
        about=point.member.name,
        title=title,
        form=why(request.POST or None, title, submit_style="warning", cancel_href=back),
        run=run,
        said="Saved.",
        to=back,
        happens=[] if is_safe else ["Nothing goes to it from now on, what is queued already neither."],
    )


@worker
@require_POST
def prefer(request: HttpRequest, reference: str) -> HttpResponse:
    """Make it the way they prefer."""
    point = _point(request, reference)
    return do(
        request,
        lambda: verbs.prefer_point(actor=actor_of(request), point_id=point.pk),
        said="They prefer this one.",
        to=at("member", point.member.reference),
    )


@worker
@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """It is in use no more."""
    point = _point(request, reference)
    return do(
        request,
        lambda: verbs.end_point(actor=actor_of(request), point_id=point.pk),
        said="Taken off.",
        to=at("member", point.member.reference),
    )
