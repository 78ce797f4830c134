"""Members of a family: who they are, how to reach them, how we know them, what we told them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families import policies
from families.enums import DIALLED
from families.forms.members import AddMemberForm, ChangeMemberForm, CheckForm, CodeWordForm
from families.models import FamilyMember
from families.selectors.log import guidance_of, thread_of, told_of
from families.selectors.members import in_conflict_with, last_check, points_of
from families.services import contacts, planning, reading
from families.services import members as verbs
from families.services.members import MemberDetails
from families.services.writing import may_write_to
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
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from missingcases.views.verbs import posted


@worker
@require_GET
def member(request: HttpRequest, reference: str) -> HttpResponse:
    """One member: how to reach them, the thread with them alone, and what they were told."""
    actor, found = actor_of(request), the_member(request, reference)
    reading.record_member_read(actor=actor, member=found)
    check, now = last_check(found), timezone.now()
    points = list(points_of(found))
    context = framed(
        request,
        found.case,
        "",
        "Family member",
        member=found,
        points=points,
        dialled=next((one for one in points if one.kind in DIALLED and not one.is_unsafe), None),
        can_write=[one for one in points if may_write_to(found, one) is None],
        others=in_conflict_with(found),
        check=check,
        is_certain=policies.is_certain(actor, check, now),
        thread=list(thread_of(found)),
        unread=found.contacts.filter(inbound_id__isnull=False, read_at__isnull=True).count(),
        told=list(told_of(found.case, found)[:5]),
        follow_ups=list(found.follow_ups.filter(status__in=["planned", "paused"])[:4]),
        counselling=list(found.counselling.all()),
        guidance=list(guidance_of(actor)),
        contact_refusal=policies.may_contact(found),
        in_danger=policies.family_may_be_danger(found.case),
        safe_refusal=policies.may_name_safe(actor, found),
        now=now,
    )
    return render(request, "families/member.html", context)


@worker
@read_or_write
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add somebody who is supported."""
    found = the_case(request, reference)
    form = AddMemberForm(**posted(request), cancel_href=at("case", reference))
    made: list[FamilyMember] = []

    def run(answers: dict[str, Any]) -> None:
        made.append(
            verbs.add_member(actor=actor_of(request), case_id=found.pk, details=MemberDetails(**answers))
        )

    answer = verb(
        request,
        found,
        title="Add somebody who is supported",
        form=form,
        run=run,
        said="Added. Say next how they can be reached.",
        to=at("case", reference),
    )
    if made:
        return redirect("families:point_add", made[0].reference)
    return answer


@worker
@read_or_write
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what is known of a member."""
    found = the_member(request, reference)
    initial = {one.name: getattr(found, one.name) for one in fields(MemberDetails)}
    form = ChangeMemberForm(
        **posted(request),
        initial=initial | {"version": found.version},
        cancel_href=at("member", reference),
    )

    def run(answers: dict[str, Any]) -> FamilyMember:
        version = answers.pop("version")
        return verbs.change_member(
            actor=actor_of(request), member_id=found.pk, version=version, details=MemberDetails(**answers)
        )

    return verb(
        request,
        found.case,
        about=found.name,
        title="Change what we know of them",
        form=form,
        run=run,
        said="Saved.",
        to=at("member", reference),
    )


@worker
@read_or_write
def code_word(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree a code word."""
    found = the_member(request, reference)
    return verb(
        request,
        found.case,
        about=found.name,
        title="Code word",
        form=CodeWordForm(**posted(request), cancel_href=at("member", reference)),
        run=lambda answers: verbs.set_code_word(actor=actor_of(request), member_id=found.pk, **answers),
        said="The code word is kept.",
        to=at("member", reference),
    )


@worker
@require_POST
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the code word once; it is noted who looked."""
    found = the_member(request, reference)
    try:
        word = verbs.reveal_code_word(actor=actor_of(request), member_id=found.pk)
    except NotVisible:
        raise Http404 from None
    context = framed(request, found.case, "", "Code word", member=found, word=word)
    answer = render(request, "families/code_word.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@worker
@read_or_write
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Make certain who they are, before anything is told."""
    found = the_member(request, reference)
    form = CheckForm(**posted(request), member=found, cancel_href=at("member", reference))
    passed: list[bool] = []

    def run(answers: dict[str, Any]) -> None:
        row = verbs.check_identity(
            actor=actor_of(request),
            member_id=found.pk,
            method=answers["method"],
            word=answers["word"],
            point_id=answers["point"].pk if answers["point"] else None,
        )
        passed.append(row.passed)

    answer = verb(
        request,
        found.case,
        about=found.name,
        title="Is it really them?",
        form=form,
        run=run,
        said="",
        to=at("member", reference),
        refusal=policies.BLOCKED if found.is_blocked else None,
        happens=[
            "It holds for an hour. Nothing is told before it, not even that we know the missing person."
        ],
    )
    if passed == [True]:
        messages.success(request, "It is them. For an hour from now you may tell them things.")
    elif passed:
        messages.error(
            request, "That is not the word. Tell them nothing, and ring them back on a number we know."
        )
    return answer


@worker
@read_or_write
def block(request: HttpRequest, reference: str, *, ends: bool) -> HttpResponse:
    """Tell and send them nothing, or (`ends`) let them be told things again."""
    actor, found = actor_of(request), the_member(request, reference)
    title = "Let them be told things again" if ends else "Tell and send them nothing"

    def run(answers: dict[str, Any]) -> FamilyMember:
        if ends:
            return verbs.unblock_member(actor=actor, member_id=found.pk, reason=answers["reason"])
        return verbs.block_member(actor=actor, member_id=found.pk, why=answers["reason"])

    return verb(
        request,
        found.case,
        about=found.name,
        title=title,
        form=why(request.POST or None, title, submit_style="warning", cancel_href=at("member", reference)),
        run=run,
        said="Saved.",
        to=at("member", reference),
    )


@worker
@require_POST
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody read what they wrote."""
    found = the_member(request, reference)
    return do(
        request,
        lambda: contacts.mark_read(actor=actor_of(request), case_id=found.case_id, member_id=found.pk),
        said="Marked as read.",
        to=at("member", reference),
    )


@worker
@require_POST
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the follow-ups of a member, or stop them at their wish."""
    found = the_member(request, reference)
    stops = request.POST.get("stop") == "yes"
    run = planning.stop_plan if stops else planning.begin_plan
    return do(
        request,
        lambda: run(actor=actor_of(request), member_id=found.pk),
        said="No more follow-ups, at their wish." if stops else "The follow-ups are planned.",
        to=at("member", reference),
    )
