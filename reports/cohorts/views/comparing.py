"""Comparing: agreement, differences and what was decided of them, counts, and files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from foundation.access import Refusal, require
from foundation.requests import actor_of
from foundation.table_files import FILES
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from reports.cohorts import policies, selectors, services, tables
from reports.cohorts.enums import ReviewStatus, Value
from reports.cohorts.forms.reading import DecisionForm, ExportForm
from reports.cohorts.models import Decision, Reading, Review
from reports.cohorts.services import reading as trail
from reports.cohorts.states import REVIEW
from reports.cohorts.views.common import address, framed, read_or_write, review_of, reviewers, tried


@reviewers
@never_cache
@require_GET
def compared(request: HttpRequest, reference: str) -> HttpResponse:
    """How far both agree, where they differ, and what was counted."""
    actor, review = actor_of(request), review_of(request, reference)
    require(policies.may_compare(actor, review))
    pairs = selectors.pairs_of(actor, review)
    found = selectors.differences(review, pairs)
    waiting = [row for row in found if row.decision is None]
    trail.record_cases(actor=actor, cases={row.case.pk: row.case for row in found}.values())
    context = framed(
        review,
        "compared",
        agreement_table=tables.agreement_table(review),
        reading=tables.in_words(review),
        counts_table=tables.counts_table(review, pairs),
        differences=waiting + [row for row in found if row.decision is not None],
        waiting=len(waiting),
        left_out=(review.taken or 0) - len({case_id for case_id, _ in pairs}),
        labels=dict(Value.choices),
        settle_refusal=REVIEW.may(review, ReviewStatus.SETTLED, actor) or _undecided(len(waiting)),
        export=ExportForm(),
    )
    return render(request, "cohorts/compared.html", context)


@reviewers
@never_cache
@read_or_write
def difference(request: HttpRequest, reference: str, number: int, theme_id: int) -> HttpResponse:
    """One difference: what each said, the passages once more, and what both decided."""
    actor, review = actor_of(request), review_of(request, reference)
    require(policies.may_compare(actor, review))
    case = visible(lambda: selectors.case_numbered(actor, review, number))
    rows = selectors.differences(review, selectors.pairs_of(actor, review))
    row = next((one for one in rows if one.case.pk == case.pk and one.theme.pk == theme_id), None)
    if row is None:
        raise Http404
    form = DecisionForm(**posted(request), initial=_decided(row.decision))

    def run(given: dict[str, Any]) -> Decision:
        return services.decide(actor=actor, review_id=review.pk, number=number, theme_id=theme_id, **given)

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, address(review, "compared"), said="Recorded.")
    hits = selectors.hits_of(actor, case.incident, list(review.lists.select_related("concept_list")))
    trail.record_case(actor=actor, case=case, hits=hits)
    memos = Reading.objects.filter(case_id=case.pk, reader_id__in=review.reader_ids).select_related("reader")
    context = framed(
        review,
        "compared",
        form=form,
        case=case,
        row=row,
        hits=hits,
        labels=dict(Value.choices),
        memos=[one for one in memos if one.memo],
        refusal=policies.may_decide(actor, review),
    )
    return show(request, "cohorts/difference.html", context)


def _undecided(waiting: int) -> Refusal | None:
    return Refusal("undecided", "Every difference is decided first.") if waiting else None


def _decided(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    return {
        "value": decision.value,
        "reason": decision.reason,
        "talked": True,
        "decided_at": decision.decided_at.isoformat(),
    }


@reviewers
@require_POST
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Every difference is decided."""
    actor, review = actor_of(request), review_of(request, reference)
    return tried(
        request,
        lambda: services.settle(actor=actor, review_id=review.pk),
        address(review, "compared"),
        said="Settled. What was counted stays as it is.",
    )


@reviewers
@never_cache
@require_GET
def export(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreement, the counts and each case's codes as a file; reasons only where they are asked for."""
    actor, review = actor_of(request), review_of(request, reference)
    require(policies.may_compare(actor, review))
    kind = request.GET.get("kind", "")
    if kind not in FILES:
        raise Http404
    with_reasons = request.GET.get("reasons") == "on"
    pairs = selectors.pairs_of(actor, review)
    sheets = [
        tables.agreement_table(review),
        tables.counts_table(review, pairs),
        tables.cases_table(review, pairs, with_reasons=with_reasons),
    ]
    case_ids = sorted({case_id for case_id, _ in pairs})
    trail.record_export(actor=actor, review=review, case_ids=case_ids, with_reasons=with_reasons)
    content_type, write = FILES[kind]
    answer = HttpResponse(write(tables.about(review, now=timezone.now()), sheets), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{_named(review)}.{kind}"'
    return answer


def _named(review: Review) -> str:
    return f"cohort-review-{review.reference}"
