"""What is planned and owed: follow-ups, signposts of the law, tasks, referrals to a counsellor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families import policies
from families.deadlines import words_of_step
from families.forms.cases import TaskForm
from families.forms.members import CounsellingForm, CounsellingOutcomeForm
from families.models import FollowUp, SupportCase
from families.selectors.log import counselling_for, follow_up_for, signpost_for, task_for
from families.selectors.work import open_tasks
from families.services import counselling as referrals
from families.services import planning, reading, tasks
from families.signposts import TO_BE_CHECKED, posts_of
from families.views.common import (
    at,
    do,
    framed,
    read_or_write,
    the_case,
    the_member,
    verb,
    why,
    worker,
)
from foundation.requests import actor_of
from missingcases.views.common import visible
from missingcases.views.verbs import posted

# Follow-ups further off than this are listed and not offered: a plan reaches five years ahead.
AHEAD = timedelta(days=31)


@worker
@require_GET
def plans(request: HttpRequest, reference: str) -> HttpResponse:
    """What is planned with each member, what the law makes possible and when, and what is owed."""
    actor, found = actor_of(request), the_case(request, reference)
    reading.record_case_read(actor=actor, case=found, part="plans")
    rows = found.follow_ups.select_related("member", "done_by").order_by("due_at", "pk")
    planned = list(rows.exclude(status="stopped"))
    soon = timezone.now() + AHEAD
    context = framed(
        request,
        found,
        "plans",
        "Follow-ups and signposts",
        in_danger=policies.family_may_be_danger(found),
        follow_ups=[_in_words(row) for row in planned if row.due_at <= soon],
        later=[_in_words(row) for row in planned if row.due_at > soon],
        signposts=_signposts(found),
        to_be_checked=TO_BE_CHECKED,
        tasks=list(open_tasks(actor).filter(case=found)),
        today=timezone.localdate(),
    )
    return render(request, "families/plans.html", context)


def _in_words(row: FollowUp) -> dict[str, Any]:
    return {"row": row, "words": words_of_step(row.step)}


def _signposts(case: SupportCase) -> list[dict[str, Any]]:
    posts = posts_of(case.nation)
    rows = case.signposts.select_related("told_by")
    return [{"row": row, "post": posts[row.key]} for row in rows if row.key in posts]


@worker
@require_POST
def follow_up_done(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """A planned contact was made."""
    actor = actor_of(request)
    row = visible(lambda: follow_up_for(actor, follow_up_id))
    return do(
        request,
        lambda: planning.follow_up_done(actor=actor, follow_up_id=row.pk),
        said="Done.",
        to=at("plans", row.case.reference),
    )


@worker
@require_POST
def signpost_told(request: HttpRequest, signpost_id: int) -> HttpResponse:
    """The family was told of it."""
    actor = actor_of(request)
    row = visible(lambda: signpost_for(actor, signpost_id))
    return do(
        request,
        lambda: planning.signpost_told(actor=actor, signpost_id=row.pk),
        said="Recorded that they were told.",
        to=at("plans", row.case.reference),
    )


@worker
@read_or_write
def add_task(request: HttpRequest, reference: str) -> HttpResponse:
    """Add an action or a promised call."""
    actor, found = actor_of(request), the_case(request, reference)

    def run(answers: dict[str, Any]) -> None:
        owner = answers.pop("to")
        tasks.add_task(actor=actor, case_id=found.pk, owner_id=owner.pk if owner else None, **answers)

    return verb(
        request,
        found,
        title="Add something that is owed to them",
        form=TaskForm(**posted(request), actor=actor, cancel_href=at("plans", reference)),
        run=run,
        said="Added.",
        to=at("plans", reference),
    )


@worker
@require_POST
def finish_task(request: HttpRequest, reference: str) -> HttpResponse:
    """It was done."""
    actor = actor_of(request)
    row = visible(lambda: task_for(actor, reference))
    return do(
        request,
        lambda: tasks.finish_task(actor=actor, task_id=row.pk),
        said="Done.",
        to=at("case", row.case.reference),
    )


@worker
@read_or_write
def drop_task(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not needed any more, and why."""
    actor = actor_of(request)
    row = visible(lambda: task_for(actor, reference))
    title = "Not needed any more"
    return verb(
        request,
        row.case,
        title=title,
        form=why(request.POST or None, title, cancel_href=at("case", row.case.reference)),
        run=lambda answers: tasks.drop_task(actor=actor, task_id=row.pk, **answers),
        said="Taken off.",
        to=at("case", row.case.reference),
    )


@worker
@read_or_write
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """Refer a member to a counsellor."""
    found = the_member(request, reference)
    return verb(
        request,
        found.case,
        about=found.name,
        title="Refer them to a counsellor",
        form=CounsellingForm(**posted(request), cancel_href=at("member", reference)),
        run=lambda answers: referrals.refer(actor=actor_of(request), member_id=found.pk, **answers),
        said="The referral is recorded. Record what comes of it.",
        to=at("member", reference),
        refusal=policies.may_contact(found),
    )


@worker
@read_or_write
def counselling_outcome(request: HttpRequest, referral_id: int) -> HttpResponse:
    """What came of a referral."""
    actor = actor_of(request)
    row = visible(lambda: counselling_for(actor, referral_id))
    back = at("member", row.member.reference)
    return verb(
        request,
        row.case,
        about=row.member.name,
        title="What came of the referral?",
        form=CounsellingOutcomeForm(**posted(request), cancel_href=back),
        run=lambda answers: referrals.record_outcome(actor=actor, referral_id=row.pk, **answers),
        said="Saved.",
        to=back,
    )
