"""Reviews: the list, setting one up, where one stands, and what changes while it runs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm
from missingcases.views.common import go, show
from missingcases.views.verbs import posted
from reports.cohorts import policies, selectors, services
from reports.cohorts.choosing import MOST_CASES, Chosen
from reports.cohorts.enums import COMPARED, ReviewStatus
from reports.cohorts.forms.plans import PlanForm, a_new_plan, plan_of
from reports.cohorts.forms.reading import ReaderForm, TakeBookForm
from reports.cohorts.models import Review
from reports.cohorts.states import REVIEW
from reports.cohorts.views.common import address, framed, leads, read_or_write, review_of, reviewers, tried


@reviewers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The actor's reviews, and the words and themes that they use."""
    actor = actor_of(request)
    rows = list(selectors.reviews_visible_to(actor)[:100])
    context = {"rows": rows, "refusal": policies.may_lead(actor), "has_parts": _has_parts(actor)}
    return render(request, "cohorts/reviews.html", context)


def _has_parts(actor: Actor) -> bool:
    return selectors.newest_lists(actor).exists() and selectors.newest_books(actor).exists()


@leads
@read_or_write
def new(request: HttpRequest) -> HttpResponse:
    """Set up a review."""
    actor = actor_of(request)
    form = PlanForm(request.POST or None, actor=actor, initial=a_new_plan(actor))
    if request.method == "POST":
        done = attempt(form, lambda _: services.set_up(actor=actor, plan=form.plan()))
        if not isinstance(done, Failed):
            return go(request, address(done), said="Saved. Look at how many there are, then begin.")
    return show(request, "cohorts/plan.html", {"form": form, "has_parts": _has_parts(actor)})


@leads
@read_or_write
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change how a cohort is chosen, before its list is frozen."""
    actor, review = actor_of(request), review_of(request, reference)
    form = PlanForm(request.POST or None, actor=actor, initial=plan_of(review))
    refusal = policies.may_edit(actor, review)

    def run(given: dict[str, Any]) -> Review:
        return services.change_plan(
            actor=actor, review_id=review.pk, version=given["version"], plan=form.plan()
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, address(review), said="Saved.")
    context = {"form": form, "review": review, "refusal": refusal, "has_parts": True}
    return show(request, "cohorts/plan.html", context)


@reviewers
@never_cache
@require_GET
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a review stands, and what the actor does next."""
    actor, found = actor_of(request), review_of(request, reference)
    context = framed(
        found,
        "review",
        choice=selectors.said_choice(found),
        lists=list(found.lists.select_related("concept_list")),
        themes=selectors.themes_of(found),
        leads_it=actor.user_id == found.lead_id,
        lead_has_gone=policies.may_take_lead(actor, found) is None,
        is_reader=actor.user_id in found.reader_ids,
        give_up_refusal=REVIEW.may(found, ReviewStatus.GIVEN_UP, actor),
        **_standing(actor, found),
    )
    return render(request, "cohorts/review.html", context)


def _standing(actor: Actor, found: Review) -> dict[str, Any]:
    if found.status == ReviewStatus.CHOOSING:
        return _preview(actor, found)
    context: dict[str, Any] = {}
    if actor.user_id in found.reader_ids and found.status in {ReviewStatus.READING, *COMPARED}:
        context["progress"] = selectors.progress_of(actor, found)
        context["next_case"] = selectors.next_open(actor, found)
        context["finished_at"] = policies.finished_at(actor, found)
    if found.status == ReviewStatus.READING:
        newest = selectors.newest_books(actor).filter(book_id=found.book.book_id).first()
        context["newer_book"] = newest if newest and newest.number > found.book.number else None
    return context


def _preview(actor: Actor, found: Review) -> dict[str, Any]:
    """How many the lead would find now. A reader who does not lead sees nothing of it yet."""
    if actor.user_id != found.lead_id:
        return {"begin_refusal": policies.may_edit(actor, found)}
    versions = list(found.lists.select_related("concept_list"))
    rows = selectors.matching(actor, Chosen.from_stored(found.chosen), versions)
    incidents, people = selectors.size_of(rows)
    taken = min(incidents, found.sample or incidents)
    refusal = policies.may_edit(actor, found)
    if refusal is None and taken == 0:
        refusal = Refusal("empty", "No incident is found by this. Choose more widely.")
    if refusal is None and taken > MOST_CASES:
        refusal = Refusal("many", f"At most {MOST_CASES:,} are read. Narrow it, or draw a sample.")
    context = {"incidents": incidents, "taken": taken, "begin_refusal": refusal}
    return context | ({"people": people} if found.counts_people else {})


def _version(request: HttpRequest) -> int:
    raw = request.POST.get("version", "")
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9:
        raise Http404
    return int(raw)


@leads
@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Freeze the list."""
    actor, found, version = actor_of(request), review_of(request, reference), _version(request)
    return tried(
        request,
        lambda: services.begin(actor=actor, review_id=found.pk, version=version),
        address(found),
        said="The list is frozen. Both readers can begin.",
    )


@leads
@require_POST
def take_lead(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead it in the place of somebody who has gone."""
    actor, found = actor_of(request), review_of(request, reference)
    return tried(
        request,
        lambda: services.take_lead(actor=actor, review_id=found.pk),
        address(found),
        said="You lead this review now.",
    )


@leads
@read_or_write
def give_up(request: HttpRequest, reference: str) -> HttpResponse:
    """End a review that will not be settled."""
    actor, found = actor_of(request), review_of(request, reference)
    form = ReasonForm(
        request.POST or None, submit_label="Give the review up", submit_style="warning", longest=1000
    )

    def run(given: dict[str, Any]) -> Review:
        return services.give_up(actor=actor, review_id=found.pk, reason=given["reason"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, address(found), said="The review is given up. Nothing is coded in it any more.")
    context = {
        "form": form,
        "review": found,
        "title": "Give the review up",
        "intro": "What was coded stays as it is. Nothing more is coded, compared or counted.",
        "refusal": REVIEW.may(found, ReviewStatus.GIVEN_UP, actor),
    }
    return show(request, "cohorts/verb.html", context)


@leads
@read_or_write
def readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else reads in the place of one who left."""
    actor, found = actor_of(request), review_of(request, reference)
    form = ReaderForm(**posted(request), review=found, initial={"version": found.version})

    def run(given: dict[str, Any]) -> Review:
        return services.change_reader(
            actor=actor,
            review_id=found.pk,
            version=given["version"],
            gone_id=int(given["gone"]),
            user_id=given["user"].pk,
            reason=given["reason"],
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, address(found), said="Changed. They begin with the first case.")
    context = {
        "form": form,
        "review": found,
        "title": "Change a reader",
        "intro": _new_reader_means(found),
        "refusal": policies.may_change_reader(actor, found),
    }
    return show(request, "cohorts/verb.html", context)


def _new_reader_means(review: Review) -> str:
    said = "Whoever comes reads every case anew. What the one who leaves coded is kept and not counted."
    if review.status != ReviewStatus.COMPARING:
        return said
    return (
        f"{said} Both are compared again when the new reader has finished: the agreement is then between the "
        "one who stays and the new one, and what was decided until now is deleted. The one who stays has "
        "seen the other’s codes and says nothing of them until then."
    )


@leads
@read_or_write
def take_book(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a newer version of the code book."""
    actor, found = actor_of(request), review_of(request, reference)
    newest = selectors.newest_books(actor).filter(book_id=found.book.book_id).first()
    if newest is None or newest.number <= found.book.number:
        raise Http404
    form = TakeBookForm(**posted(request), initial={"version": found.version})

    def run(given: dict[str, Any]) -> Review:
        return services.take_book(
            actor=actor,
            review_id=found.pk,
            version=given["version"],
            book_id=newest.pk,
            reason=given["reason"],
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, address(found), said="Taken. Cases that it asks more of are open again.")
    context = {
        "form": form,
        "review": found,
        "title": f"Go on with version {newest.number} of the code book",
        "intro": "Themes that stay keep their codes. Cases that lack a theme are open again for both.",
        "refusal": policies.may_change_book(actor, found),
    }
    return show(request, "cohorts/verb.html", context)
