"""The contact log: putting contacts down, the timer of a call, texts, and what they were told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families import policies
from families.enums import ContactChannel, Direction
from families.forms.log import CorrectForm, FinishForm, LogForm, QuickForm, TellForm, WriteForm
from families.models import ContactRecord, FamilyMember
from families.selectors.log import contact_for, contacts_of, guidance_of, told_for, told_of
from families.selectors.members import in_conflict_with, last_check
from families.selectors.work import running_call
from families.services import contacts, reading, telling, writing
from families.services.contacts import Heard
from families.services.telling import Telling
from families.views.common import (
    at,
    do,
    framed,
    read_or_write,
    the_case,
    the_member,
    verb,
    worker,
)
from foundation.actors import Actor
from foundation.contributions import Link
from foundation.requests import actor_of
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import raising_of
from missingcases.views.common import visible
from missingcases.views.verbs import posted

SHOWN = 100
_WHERE_REPLIES_COME = (
    "A reply by text comes back into their thread.",
    "A reply by e-mail comes to the charity's own mailbox: put it down as a contact here.",
)


@worker
@require_GET
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Every contact of a case, the newest first."""
    found = the_case(request, reference)
    reading.record_case_read(actor=actor_of(request), case=found, part="log")
    rows = list(contacts_of(found)[:SHOWN])
    context = framed(
        request, found, "log", "Contact log", rows=rows, running_call=running_call(actor_of(request))
    )
    return render(request, "families/log.html", context)


def _heard(answers: dict[str, Any]) -> Heard:
    return Heard(
        words=answers["words"],
        feeling=answers.get("feeling", ""),
        needs=tuple(answers.get("needs", ())),
        risk=answers["risk"],
        risk_words=answers["risk_words"],
        call_back_at=answers.get("call_back_at"),
    )


@worker
@read_or_write
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a contact down in full."""
    found = the_case(request, reference)
    form = LogForm(**posted(request), members=found.members.all(), cancel_href=at("log", reference))

    def run(answers: dict[str, Any]) -> ContactRecord:
        ended_at = answers["started_at"] + timedelta(minutes=answers["minutes"])
        return _keep(request, found.pk, answers, ended_at=ended_at)

    return verb(
        request,
        found,
        title="Put a contact down",
        form=form,
        run=run,
        said="Saved.",
        to=at("log", reference),
    )


@worker
@read_or_write
def quick(request: HttpRequest, reference: str) -> HttpResponse:
    """The least that has to be put down of a call that has just ended, with one hand."""
    found = the_case(request, reference)
    form = QuickForm(**posted(request), members=found.members.all(), cancel_href=at("case", reference))

    def run(answers: dict[str, Any]) -> ContactRecord:
        now = timezone.now()
        given = answers | {
            "channel": ContactChannel.CALL,
            "direction": Direction.IN,
            "started_at": now - timedelta(minutes=answers["minutes"]),
        }
        return _keep(request, found.pk, given, ended_at=now)

    return verb(
        request,
        found,
        title="Quick entry",
        form=form,
        run=run,
        said="Saved.",
        to=at("case", reference),
        template="families/quick.html",
    )


def _keep(request: HttpRequest, case_id: int, answers: dict[str, Any], *, ended_at: Any) -> ContactRecord:
    return contacts.log_contact(
        actor=actor_of(request),
        case_id=case_id,
        member_id=answers["member"].pk if answers["member"] else None,
        channel=answers["channel"],
        direction=answers["direction"],
        started_at=answers["started_at"],
        ended_at=ended_at,
        heard=_heard(answers),
        form_token=answers["form_token"],
    )


@worker
@require_POST
def start_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Start the timer of a call with a member."""
    found = the_member(request, reference)
    point = found.points.filter(reference=request.POST.get("point", "")).first()
    direction = Direction.OUT if request.POST.get("direction") == "out" else Direction.IN
    started: list[ContactRecord] = []
    answer = do(
        request,
        lambda: started.append(
            contacts.start_call(
                actor=actor_of(request),
                case_id=found.case_id,
                member_id=found.pk,
                direction=direction,
                point_id=point.pk if point else None,
            )
        ),
        said="The timer runs. Write while you talk; nothing is lost if the page is left open.",
        to=at("member", reference),
    )
    return redirect("families:contact", started[0].reference) if started else answer


def _raising(actor: Actor, row: ContactRecord) -> Link:
    """To write down for police what was said. Contacts of one member are of one source."""
    who = f"{FamilyMember._meta.label}:{row.member_id}" if row.member_id else ""
    return raising_of(
        actor,
        origin=Origin.FAMILY_CONTACT,
        label=ContactRecord._meta.label,
        record_id=row.pk,
        incident_id=row.case.incident_id,
        source_key=who,
    )


@worker
@read_or_write
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry; where its timer runs, the questions that end it."""
    actor = actor_of(request)
    row = visible(lambda: contact_for(actor, reference))
    reading.record_case_read(actor=actor, case=row.case, part="contact")
    if row.ended_at is not None or row.worker_id != actor.user_id:
        corrections, raising = row.corrections.all(), _raising(actor, row)
        context = framed(
            request, row.case, "log", "Contact", row=row, corrections=corrections, raising=raising
        )
        return render(request, "families/contact.html", context)
    return verb(
        request,
        row.case,
        title="Call with the timer running",
        form=FinishForm(**posted(request), cancel_href=at("case", row.case.reference)),
        run=lambda answers: contacts.finish_call(
            actor=actor, contact_id=row.pk, heard=_heard(answers), ended_at=answers["ended_at"]
        ),
        said="Saved.",
        to=at("member", row.member.reference) if row.member else at("case", row.case.reference),
        template="families/call.html",
        row=row,
        guidance=list(guidance_of(actor)),
    )


@worker
@read_or_write
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an entry right by another beside it."""
    actor = actor_of(request)
    row = visible(lambda: contact_for(actor, reference))
    return verb(
        request,
        row.case,
        title="Correct an entry",
        form=CorrectForm(**posted(request), cancel_href=at("contact", reference)),
        run=lambda answers: contacts.correct_contact(actor=actor, contact_id=row.pk, **answers),
        said="The correction stands beside it.",
        to=at("log", row.case.reference),
    )


@worker
@read_or_write
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Text or e-mail a member."""
    found = the_member(request, reference)
    others = in_conflict_with(found)
    return verb(
        request,
        found.case,
        about=found.name,
        title="Write to them",
        form=WriteForm(**posted(request), member=found, cancel_href=at("member", reference)),
        run=lambda answers: writing.write_to(
            actor=actor_of(request), member_id=found.pk, point_id=answers.pop("point").pk, **answers
        ),
        said="It is on its way.",
        to=at("member", reference),
        refusal=policies.may_contact(found),
        caution="They are in conflict with somebody of the family. Say nothing of them." if others else "",
        happens=_WHERE_REPLIES_COME,
    )


@worker
@require_GET
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """What the family has been told, and when, in one place."""
    found = the_case(request, reference)
    reading.record_case_read(actor=actor_of(request), case=found, part="told")
    context = framed(request, found, "told", "What they were told", rows=list(told_of(found)[:SHOWN]))
    return render(request, "families/told.html", context)


@worker
@read_or_write
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """Put down what a member is told, once it is certain who they are."""
    found, actor = the_member(request, reference), actor_of(request)
    check, incident, now = last_check(found), found.case.incident, timezone.now()
    refusal = policies.may_tell(actor, found, check=check, finding="nothing", incident=incident, now=now)

    def run(answers: dict[str, Any]) -> None:
        token = answers.pop("form_token")
        telling.tell(actor=actor, member_id=found.pk, telling=Telling(**answers), form_token=token)

    others = in_conflict_with(found)
    return verb(
        request,
        found.case,
        about=found.name,
        title="What were they told?",
        form=TellForm(**posted(request), cancel_href=at("member", reference)),
        run=run,
        said="Recorded, where every colleague sees it.",
        to=at("member", reference),
        refusal=refusal,
        caution="They are in conflict with somebody of the family. Tell nothing of them." if others else "",
        earlier=list(told_of(found.case, found)[:5]),
    )


@worker
@read_or_write
def correct_told(request: HttpRequest, told_id: int) -> HttpResponse:
    """Put right what was recorded wrongly."""
    actor = actor_of(request)
    row = visible(lambda: told_for(actor, told_id))
    back = at("told", row.case.reference)
    return verb(
        request,
        row.case,
        title="Correct what was recorded",
        form=CorrectForm(**posted(request), cancel_href=back),
        run=lambda answers: telling.correct_told(actor=actor, told_id=row.pk, **answers),
        said="The correction stands beside it.",
        to=back,
    )
