"""Reading: the list of cases, one case with its hits and codes, and saying that one has finished."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import visible
from reports.cohorts import policies, selectors, services
from reports.cohorts.enums import ReadingStatus
from reports.cohorts.forms.reading import CodingForm
from reports.cohorts.models import Case, Reading, Review
from reports.cohorts.selectors.reviews import PAGE
from reports.cohorts.services import reading as trail
from reports.cohorts.views.common import address, framed, read_or_write, review_of, reviewers, tried


@reviewers
@never_cache
@require_GET
def cases(request: HttpRequest, reference: str) -> HttpResponse:
    """The frozen list as far as the actor and both readers may see it, fifty at a time."""
    actor, review = actor_of(request), review_of(request, reference)
    show = request.GET.get("show", "all")
    show = show if show in selectors.SHOWN else "all"
    if show in {"mentioned", "silent"}:
        trail.record_search(actor=actor, review=review)
    rows = selectors.narrowed(actor, review, show).select_related("incident").order_by("number")
    total, after = rows.count(), _number(request.GET.get("after", ""))
    found = list(rows.filter(number__gt=after)[: PAGE + 1])
    trail.record_cases(actor=actor, cases=found[:PAGE])
    done = set(
        selectors.done_by(actor, review.cases.filter(pk__in=[case.pk for case in found])).values_list(
            "pk", flat=True
        )
    )
    context = framed(
        review,
        "cases",
        rows=[(case, case.pk in done) for case in found[:PAGE]],
        total=total,
        show=show,
        shown=selectors.SHOWN,
        older=found[PAGE - 1].number if len(found) > PAGE else None,
        progress=selectors.progress_of(actor, review),
        is_reader=actor.user_id in review.reader_ids,
    )
    return render(request, "cohorts/cases.html", context)


def _number(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


@reviewers
@never_cache
@read_or_write
def case(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One case: the passages with words of the lists, and the themes to be coded."""
    actor, review = actor_of(request), review_of(request, reference)
    found = visible(lambda: selectors.case_numbered(actor, review, number))
    form = _form(request, actor, review, found)
    if request.method == "POST":
        answer = _save(request, actor, review, found, form)
        if answer is not None:
            return answer
    versions = list(review.lists.select_related("concept_list"))
    hits = selectors.hits_of(actor, found.incident, versions)
    trail.record_case(actor=actor, case=found, hits=hits)
    context = framed(
        review,
        "cases",
        form=form,
        case=found,
        hits=hits,
        said=sum(one.said for one in hits),
        denied=sum(one.denied for one in hits),
        lists=versions,
        record_href=reverse("missingcases:overview", args=[found.incident.reference]),
        **_place(actor, review, found),
    )
    return render(request, "cohorts/case.html", context, status=422 if form.errors else 200)


def _place(actor: Actor, review: Review, found: Case) -> dict[str, Any]:
    numbers = list(selectors.cases_of(actor, review).order_by("number").values_list("number", flat=True))
    at = numbers.index(found.number)
    mine = selectors.reading_of(actor, found)
    return {
        "place": at + 1,
        "total": len(numbers),
        "before": numbers[at - 1] if at else None,
        "after": numbers[at + 1] if at + 1 < len(numbers) else None,
        "refusal": policies.may_code(actor, review),
        "is_done": mine is not None and mine.status == ReadingStatus.DONE,
        "progress": selectors.progress_of(actor, review),
    }


def _form(request: HttpRequest, actor: Actor, review: Review, found: Case) -> CodingForm:
    mine = selectors.reading_of(actor, found)
    return CodingForm(
        request.POST or None,
        themes=selectors.themes_of(review),
        coded=selectors.codes_of(mine),
        initial={"version": mine.version if mine else 0, "memo": mine.memo if mine else ""},
    )


def _save(
    request: HttpRequest, actor: Actor, review: Review, found: Case, form: CodingForm
) -> HttpResponse | None:
    """Keep what was said: for a script as it is said, and by a button; a second one finishes the case."""

    def run(given: dict[str, Any]) -> Reading:
        keep = services.save_and_finish if "finish" in request.POST else services.save_case
        return keep(
            actor=actor,
            review_id=review.pk,
            number=found.number,
            version=given["version"],
            answers=form.answers(),
            memo=given["memo"],
        )

    done = attempt(form, run)
    if request.headers.get("X-Harbour-Autosave"):
        failed = isinstance(done, Failed)
        kept = {"saved": False} if isinstance(done, Failed) else {"saved": True, "version": done.version}
        return JsonResponse(kept, status=409 if failed else 200)
    if isinstance(done, Failed):
        return None
    if "finish" not in request.POST:
        return redirect(address(review, "case", found.number))
    following = selectors.next_open(actor, review, after=found.number)
    return redirect(address(review) if following is None else address(review, "case", following))


@reviewers
@require_POST
def again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Open a case again that one has coded."""
    actor, review = actor_of(request), review_of(request, reference)
    return tried(
        request,
        lambda: services.open_case_again(actor=actor, review_id=review.pk, number=number),
        address(review, "case", number),
        said="Open again. Code it when you have looked.",
    )


@reviewers
@require_POST
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Every case is coded."""
    actor, review = actor_of(request), review_of(request, reference)
    return tried(
        request,
        lambda: services.finish(actor=actor, review_id=review.pk),
        address(review),
        said="You have finished. When both have, you see what the other coded.",
    )
