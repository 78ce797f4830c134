"""Releases: what one organisation let another know, and a threat to life."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.accounts.enums import HELPLINE, POLICE, Role
from foundation.clock import in_london
from missingcases import policies, selectors, services
from missingcases.enums import ReleaseKind, ReleaseStatus
from missingcases.forms.ending import CaseReasonForm
from missingcases.forms.releases import Copied, DecideReleaseForm, ReleaseForm, ThreatToLifeForm
from missingcases.models import Release
from missingcases.views import rows
from missingcases.views.common import go, visible
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.readers import READERS
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])
# What a threat to life is called among the released fields.
TEXT = "text"


@access.roles(READERS)
@require_GET
def releases(request: HttpRequest, reference: str) -> HttpResponse:
    """What was released from this incident, as far as the reader may know."""
    case = case_for(request, reference, record=False)
    found = selectors.releases_for(case.actor, case.incident)
    context = framed(
        case,
        "releases",
        "Releases",
        releases=[{"row": row, "href": case.at("release", row.reference)} for row in found],
        threat_href=case.at("threat") if case.actor.holds(HELPLINE) else "",
        threat_refusal=policies.may_release(case.actor, case.incident, ReleaseKind.THREAT_TO_LIFE),
        new_href=case.at("release_new") if case.actor.holds(HELPLINE | POLICE) else "",
        new_refusal=policies.may_release(case.actor, case.incident, _kind_of(case)),
        breaks=case.actor.holds(HELPLINE),
    )
    return render(request, "missingcases/releases.html", context)


def _kind_of(case: Case) -> ReleaseKind:
    """What is released from an incident's page: the charity breaks confidence, police share a record."""
    return ReleaseKind.CONFIDENCE_BROKEN if case.actor.holds(HELPLINE) else ReleaseKind.OTHER


@access.roles(HELPLINE, POLICE)
@ask
def release_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Let another organisation know something of this incident: copies, cut to what they need."""
    case = case_for(request, reference, record=False)
    kind = _kind_of(case)
    form = ReleaseForm(
        **posted(request),
        actor=case.actor,
        kind=kind,
        copied=_copies(case),
        cancel_href=case.at("releases"),
    )

    def run(answers: dict[str, Any]) -> Any:
        return services.create_release(
            actor=case.actor, incident_id=case.incident.pk, kind=kind, **ReleaseForm.asked_for(answers)
        )

    breaks = kind == ReleaseKind.CONFIDENCE_BROKEN
    return verb(
        request,
        case,
        title="Break confidence" if breaks else "Release to another organisation",
        form=form,
        run=run,
        said="The duty manager is asked now. Nobody reads it until they say yes." if breaks else "Released.",
        refusal=policies.may_release(case.actor, case.incident, kind),
        happens=[
            "They read the words of the first boxes, what it is for and on what basis, and nothing else.",
            "It is a copy: later changes of the record are not shown to them.",
            "A duty manager other than you says yes first." if breaks else "They read it at once.",
        ],
        to=case.at("releases"),
    )


def _copies(case: Case) -> list[Copied]:
    """What may be copied: of the record for those who see it; the charity writes its own words."""
    text = Copied(TEXT, "What they are to know")
    if not case.sees_record:
        return [text]
    incident = case.incident
    seen = "" if incident.last_seen_at is None else f"{in_london(incident.last_seen_at):%-d %B %Y, %H:%M}"
    return [
        Copied("person", "Who is missing", incident.person.full_name),
        Copied("last_seen", "Last seen", ", ".join(one for one in (incident.last_seen_place, seen) if one)),
        text,
    ]


@access.roles(READERS)
@require_GET
def release(request: HttpRequest, reference: str, release_reference: str) -> HttpResponse:
    """One release: what, to whom, why, and what may be done about it."""
    case, row = _found(request, reference, release_reference)
    content = services.read_release(actor=case.actor, release_id=row.pk)
    context = framed(
        case,
        "releases",
        row.get_kind_display(),
        release=row,
        content=[rows.row(label_of(name), text) for name, text in content.items()],
        decide_refusal=policies.may_decide_release(case.actor, row),
        revoke_refusal=policies.may_answer_here(row) or policies.may_revoke_release(case.actor, row),
        acknowledge_refusal=policies.may_answer_here(row)
        or policies.may_acknowledge_release(case.actor, row),
        is_ours=row.from_organisation_id == case.actor.organisation_id,
        readings=selectors.readings_of(case.actor, row),
        decide_href=case.at("release_decide", row.reference),
        revoke_href=case.at("release_revoke", row.reference),
        acknowledge_href=case.at("release_acknowledge", row.reference),
    )
    return render(request, "missingcases/release.html", context)


def label_of(name: str) -> str:
    """A released field's name in words."""
    words = {TEXT: "What they are to know", "number": "Telephone number"}
    return words.get(name, name.replace("_", " ").capitalize())


def _found(request: HttpRequest, reference: str, release_reference: str) -> tuple[Case, Release]:
    case = case_for(request, reference, record=False)
    return case, visible(lambda: selectors.release_for(case.actor, case.incident, release_reference))


@access.roles(HELPLINE)
@ask
def threat(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the force about a threat to life: one page, then the duty manager."""
    case = case_for(request, reference, record=False)

    def run(answers: dict[str, Any]) -> Any:
        text = answers.pop("text")
        return services.create_release(
            actor=case.actor,
            incident_id=case.incident.pk,
            kind=ReleaseKind.THREAT_TO_LIFE,
            to_organisation_id=case.incident.owner_id,
            fields={TEXT: text},
            purpose="Threat to life",
            **answers,
        )

    return verb(
        request,
        case,
        title="Tell the force about a threat to life",
        form=ThreatToLifeForm(**posted(request), cancel_href=case.at("overview")),
        run=run,
        said="The duty manager is asked now. The force reads nothing until they say yes.",
        refusal=policies.may_release(case.actor, case.incident, ReleaseKind.THREAT_TO_LIFE),
        caution="If somebody is dying now, call 999 first, then write this.",
        happens=[
            f"It goes to {case.incident.owner.name}, once a duty manager other than you has said yes.",
            "The force reads the words of the first box and nothing else of yours.",
            "The force must acknowledge within 30 minutes.",
        ],
        to=case.at("releases"),
    )


@access.roles(Role.CHARITY_MANAGER, POLICE, fresh=True)
@ask
def release_decide(request: HttpRequest, reference: str, release_reference: str) -> HttpResponse:
    """The second person's yes or no."""
    case, row = _found(request, reference, release_reference)

    def run(answers: dict[str, Any]) -> Any:
        return services.decide_release(
            actor=case.actor,
            release_id=row.pk,
            approve=answers["decision"] == "approve",
            reason=answers["reason"],
        )

    content = services.read_release(actor=case.actor, release_id=row.pk)
    return verb(
        request,
        case,
        title="Decide on a release",
        form=DecideReleaseForm(**posted(request), cancel_href=case.at("releases")),
        run=run,
        said="Your decision is saved.",
        refusal=policies.may_decide_release(case.actor, row),
        to=case.at("release", row.reference),
        template="missingcases/release_decide.html",
        release=row,
        is_ours=row.from_organisation_id == case.actor.organisation_id,
        content=[rows.row(label_of(name), text) for name, text in content.items()],
        waits=row.status == ReleaseStatus.DRAFT,
    )


@access.roles(HELPLINE, POLICE)
@ask
def release_revoke(request: HttpRequest, reference: str, release_reference: str) -> HttpResponse:
    """Take a release back."""
    case, row = _found(request, reference, release_reference)

    def run(answers: dict[str, Any]) -> Release:
        access.require(policies.may_answer_here(row))
        return services.revoke_release(actor=case.actor, release_id=row.pk, **answers)

    return verb(
        request,
        case,
        title="Take the release back",
        form=CaseReasonForm(
            **posted(request),
            submit_label="Take it back",
            submit_style="warning",
            cancel_href=case.at("release", row.reference),
        ),
        run=run,
        said="The release is taken back. What they read, they have read.",
        refusal=policies.may_answer_here(row) or policies.may_revoke_release(case.actor, row),
        to=case.at("releases"),
        happens=["They see it no more from this moment.", "That they saw it stays in the record."],
    )


@access.roles(POLICE)
@require_POST
def release_acknowledge(request: HttpRequest, reference: str, release_reference: str) -> HttpResponse:
    """The force has read a threat to life and acts on it: one button, no questions."""
    case, row = _found(request, reference, release_reference)
    access.require(policies.may_answer_here(row))
    services.acknowledge_release(actor=case.actor, release_id=row.pk)
    to = case.at("release", row.reference)
    return go(request, to, said="Acknowledged. The charity sees that you have read it.")
