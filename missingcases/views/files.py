"""Notes, attachments and photos."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE, RECORD_READERS
from foundation.files.serving import sent
from foundation.requests import actor_of
from missingcases import policies, selectors, services
from missingcases.enums import Audience, ScanStatus
from missingcases.forms.notes import AttachmentForm, NoteForm, PhotoConsentForm, PhotoForm
from missingcases.views.common import visible
from missingcases.views.frame import case_for, framed
from missingcases.views.readers import READERS
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(READERS)
@require_GET
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """What was written and uploaded, newest first."""
    case = case_for(request, reference, record=False)
    actor, incident = case.actor, case.incident
    own_audience = Audience.OWNER if case.owns else Audience.EVERYONE
    add = policies.may_add_note(actor, incident, own_audience)
    context = framed(
        case,
        "files",
        "Notes and files",
        notes=selectors.notes_for(actor, incident),
        attachments=[
            {
                "row": row,
                "href": case.at("attachment", row.reference),
                "open": row.scan_status == ScanStatus.CLEAN,
            }
            for row in selectors.attachments_for(actor, incident)
        ],
        photos=[
            {
                "row": row,
                "url": case.at("photo", row.reference),
                "consent_href": case.at("photo_consent", row.reference),
            }
            for row in selectors.photos_of(actor, incident)
        ],
        note_href=case.at("note_add"),
        file_href=case.at("attachment_add"),
        photo_href=case.at("photo_add"),
        add_refusal=add,
        photo_refusal=policies.may_edit(actor, incident),
    )
    return render(request, "missingcases/files.html", context)


@access.roles(READERS)
@ask
def note_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a note."""
    case = case_for(request, reference, record=False)
    audiences = policies.audiences_for(case.actor, case.incident)
    return verb(
        request,
        case,
        title="Add a note",
        form=NoteForm(**posted(request), audiences=audiences, cancel_href=case.at("files")),
        run=lambda answers: services.add_note(actor=case.actor, incident_id=case.incident.pk, **answers),
        said="The note is saved.",
        to=case.at("files"),
    )


@access.roles(READERS)
@ask
def attachment_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload a file."""
    case = case_for(request, reference, record=False)
    audiences = policies.audiences_for(case.actor, case.incident)

    def run(answers: dict[str, Any]) -> Any:
        return services.add_attachment(
            actor=case.actor,
            incident_id=case.incident.pk,
            name=answers["file"].name,
            content=answers["file"].read(),
            audience=answers["audience"],
        )

    return verb(
        request,
        case,
        title="Upload a file",
        form=AttachmentForm(**posted(request), audiences=audiences, cancel_href=case.at("files")),
        run=run,
        said="The file is uploaded.",
        to=case.at("files"),
    )


@access.roles(POLICE)
@ask
def photo_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Upload a photo of the person."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        upload = answers.pop("file")
        return services.add_photo(
            actor=case.actor, incident_id=case.incident.pk, content=upload.read(), **answers
        )

    return verb(
        request,
        case,
        title="Upload a photo",
        form=PhotoForm(**posted(request), cancel_href=case.at("files")),
        run=run,
        said="The photo is uploaded.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("files"),
    )


@access.roles(POLICE)
@ask
def photo_consent(request: HttpRequest, reference: str, file_reference: str) -> HttpResponse:
    """Change the answer about publicity."""
    case = case_for(request, reference)
    found = next(
        (one for one in selectors.photos_of(case.actor, case.incident) if one.reference == file_reference),
        None,
    )
    if found is None:
        raise Http404

    def run(answers: dict[str, Any]) -> Any:
        return services.set_photo_consent(
            actor=case.actor, incident_id=case.incident.pk, photo_id=found.pk, **answers
        )

    return verb(
        request,
        case,
        title="Consent for the photo",
        form=PhotoConsentForm(
            **posted(request),
            initial={
                "version": found.version,
                "consent": found.consent,
                "consent_by": found.consent_by,
                "consent_on": found.consent_on,
            },
            cancel_href=case.at("files"),
        ),
        run=run,
        said="The answer is saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("files"),
    )


@access.roles(READERS)
@never_cache
@require_GET
def attachment(request: HttpRequest, reference: str, file_reference: str) -> HttpResponseBase:
    """Download one attachment. Opening it is audited by the service."""
    actor = actor_of(request)
    row, handle = visible(
        lambda: services.open_attachment(actor=actor, incident_reference=reference, reference=file_reference)
    )
    return sent(handle, save_as=row.original_name)


@access.roles(RECORD_READERS)
@never_cache
@require_GET
def photo(request: HttpRequest, reference: str, file_reference: str) -> HttpResponseBase:
    """One photo, for showing in the page. It was written anew on upload."""
    actor = actor_of(request)
    row, handle = visible(
        lambda: services.open_photo(actor=actor, incident_reference=reference, reference=file_reference)
    )
    return sent(handle, content_type=row.content_type)
