"""Support cases: the lists, one case, and what is done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families import policies
from families.forms.cases import (
    AccessForm,
    ChangeCaseForm,
    ContactPersonForm,
    LinkForm,
    OpenCaseForm,
)
from families.models import SupportCase
from families.selectors import work
from families.selectors.cases import access_of, listed
from families.selectors.members import blocked_of
from families.services import cases as verbs
from families.services import reading
from families.services.cases import CaseDetails
from families.views.common import at, do, framed, read_or_write, the_case, verb, why, worker
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show
from missingcases.views.verbs import posted

SHOWN = 100
_LISTS = (("mine", "Mine"), ("open", "Open"), ("aftercare", "Aftercare"), ("closed", "Closed"))


@worker
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Cases of one kind, the newest first."""
    actor = actor_of(request)
    wanted = request.GET.get("show", "")
    chosen = wanted if wanted in dict(_LISTS) else "open"
    rows = list(listed(actor, show=chosen).prefetch_related("members")[: SHOWN + 1])
    reading.record_listed(actor=actor, model=SupportCase, ids=[row.pk for row in rows])
    lists = [{"key": key, "label": label, "current": key == chosen} for key, label in _LISTS]
    context = {
        "rows": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "lists": lists,
        "shown": chosen,
        "running_call": work.running_call(actor),
    }
    return render(request, "families/listing.html", context)


@worker
@read_or_write
def start(request: HttpRequest) -> HttpResponse:
    """Start supporting a family, from what the caller has just said."""
    actor = actor_of(request)
    form = OpenCaseForm(
        **posted(request), initial={"incident": request.GET.get("incident", "")}, cancel_href=at("listing")
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.open_case(
                actor=actor, incident_reference=answers.pop("incident"), details=CaseDetails(**answers)
            ),
        )
        if not isinstance(done, Failed):
            said = "The case is open. Add who is supported."
            return go(request, at("member_add", done.reference), said=said)
    return show(request, "families/start.html", {"form": form})


@worker
@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: who is supported, what is owed, what waits."""
    actor, found = actor_of(request), the_case(request, reference)
    reading.record_case_read(actor=actor, case=found, part="overview")
    context = framed(
        request,
        found,
        "case",
        "Family support",
        members=list(found.members.prefetch_related("points")),
        bonds=list(found.bonds.select_related("first", "second").order_by("pk")),
        tasks=list(work.open_tasks(actor).filter(case=found)),
        unread=list(work.unread_replies(actor).filter(case=found)),
        blocked=list(blocked_of(found)),
        access=list(access_of(found)),
        in_danger=policies.family_may_be_danger(found),
        narrow_refusal=policies.may_narrow(actor, found),
        running_call=work.running_call(actor),
        now=timezone.now(),
    )
    return render(request, "families/case.html", context)


@worker
@read_or_write
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what is known of the case."""
    found = the_case(request, reference)
    initial = {
        "about": found.about,
        "missing_since": found.missing_since,
        "nation": found.nation,
        "version": found.version,
    }
    form = ChangeCaseForm(**posted(request), initial=initial, cancel_href=at("case", reference))

    def run(answers: dict[str, Any]) -> SupportCase:
        version = answers.pop("version")
        return verbs.change_case(
            actor=actor_of(request), case_id=found.pk, version=version, details=CaseDetails(**answers)
        )

    return verb(
        request, found, title="Change the case", form=form, run=run, said="Saved.", to=at("case", reference)
    )


@worker
@read_or_write
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Link the incident that the police told us of."""
    found = the_case(request, reference)
    return verb(
        request,
        found,
        title="Link an incident",
        form=LinkForm(**posted(request), cancel_href=at("case", reference)),
        run=lambda answers: verbs.link_incident(
            actor=actor_of(request), case_id=found.pk, incident_reference=answers["incident"]
        ),
        said="The incident is linked.",
        to=at("case", reference),
        happens=[
            "Nobody outside the charity learns that the family is supported.",
            "When the person is found, planned contacts wait until you say how to go on.",
            "What the person agreed to have told is then kept to here.",
        ],
    )


@worker
@read_or_write
def contact_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Name the single point of contact."""
    found = the_case(request, reference)
    form = ContactPersonForm(
        **posted(request),
        actor=actor_of(request),
        initial={"to": found.contact_person_id},
        cancel_href=at("case", reference),
    )
    return verb(
        request,
        found,
        title="Who is their single point of contact?",
        form=form,
        run=lambda answers: verbs.set_contact_person(
            actor=actor_of(request), case_id=found.pk, user_id=answers["to"].pk
        ),
        said="Saved. Tell the family their name.",
        to=at("case", reference),
    )


@worker
@read_or_write
def narrow(request: HttpRequest, reference: str, *, widens: bool) -> HttpResponse:
    """Narrow a case to named colleagues, or (`widens`) open it to the team again."""
    actor, found = actor_of(request), the_case(request, reference)
    run = verbs.widen_case if widens else verbs.narrow_case
    title = "Open the case to the team" if widens else "Narrow the case to named colleagues"
    happens = (
        ["Everybody who supports families sees it again, but for those who are kept out."]
        if widens
        else ["Only you, the single point of contact, those you name and the duty managers see it."]
    )
    return verb(
        request,
        found,
        title=title,
        form=why(request.POST or None, title, cancel_href=at("case", reference)),
        run=lambda answers: run(actor=actor, case_id=found.pk, reason=answers["reason"]),
        said="Saved.",
        to=at("case", reference),
        refusal=policies.may_narrow(actor, found),
        happens=happens,
    )


@worker
@read_or_write
def colleague(request: HttpRequest, reference: str) -> HttpResponse:
    """Name a colleague for the case, or keep one out."""
    actor, found = actor_of(request), the_case(request, reference)
    return verb(
        request,
        found,
        title="Name a colleague, or keep one out",
        form=AccessForm(**posted(request), actor=actor, cancel_href=at("case", reference)),
        run=lambda answers: verbs.name_colleague(
            actor=actor,
            case_id=found.pk,
            user_id=answers["to"].pk,
            is_kept_out=answers["how"] == "kept_out",
        ),
        said="Saved.",
        to=at("case", reference),
        refusal=policies.may_narrow(actor, found),
        happens=["Somebody who is kept out sees nothing of the case, a duty manager neither."],
    )


@worker
@require_POST
def end_access(request: HttpRequest, reference: str, access_id: int) -> HttpResponse:
    """Take back that a colleague is named or kept out."""
    found = the_case(request, reference)
    return do(
        request,
        lambda: verbs.end_access(actor=actor_of(request), case_id=found.pk, access_id=access_id),
        said="Taken back.",
        to=at("case", reference),
    )


@worker
@require_POST
def aftercare(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin aftercare."""
    found = the_case(request, reference)
    return do(
        request,
        lambda: verbs.begin_aftercare(actor=actor_of(request), case_id=found.pk),
        said="Aftercare has begun. What was planned goes on.",
        to=at("case", reference),
    )


@worker
@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on as before: from aftercare, or although the incident ended."""
    actor, found = actor_of(request), the_case(request, reference)
    run = verbs.resume_case if found.status == "aftercare" else verbs.go_on
    return do(
        request,
        lambda: run(actor=actor, case_id=found.pk),
        said="The support goes on as before.",
        to=at("case", reference),
    )


@worker
@read_or_write
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case, saying why."""
    found = the_case(request, reference)
    return verb(
        request,
        found,
        title="Close the case",
        form=why(request.POST or None, "Close the case", cancel_href=at("case", reference)),
        run=lambda answers: verbs.close_case(actor=actor_of(request), case_id=found.pk, **answers),
        said="The case is closed.",
        to=at("case", reference),
        happens=["What is planned stops.", "If they text us again, you see it on your work."],
    )


@worker
@read_or_write
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Support a family again."""
    found = the_case(request, reference)
    form = why(request.POST or None, "Reopen the case", cancel_href=at("case", reference))
    if request.method == "POST":
        done = attempt(
            form, lambda answers: verbs.reopen_case(actor=actor_of(request), case_id=found.pk, **answers)
        )
        if not isinstance(done, Failed):
            return go(request, at("case", reference), said="The case is open again.")
    context = framed(request, found, "", "Reopen the case", form=form, back=at("case", reference))
    return show(request, "families/verb.html", context)
