"""Pages of the import: list and upload, progress, error file, confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.audit import services as audit
from foundation.requests import actor_of
from missingcases.imports import confirming, policies, selectors, services
from missingcases.imports.forms import UploadForm
from missingcases.imports.models import BatchStatus, ImportBatch

importer = access.roles(policies.IMPORTERS)
SHOWN = 50


def _batch(request: HttpRequest, reference: str) -> ImportBatch:
    return get_object_or_404(selectors.visible_to(actor_of(request)), reference=reference)


@importer
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form for the next."""
    actor = actor_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        batch = services.receive_file(
            actor=actor,
            organisation_id=actor.organisation_id or 0,
            name=upload.name,
            content=upload.file,
            is_dry_run=form.cleaned_data["is_dry_run"],
        )
        return redirect("imports:batch", batch.reference)
    batches = selectors.visible_to(actor).order_by("-pk")[:SHOWN]
    return render(request, "imports/imports.html", {"form": form, "batches": batches})


@importer
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The column template as a CSV file."""
    return HttpResponse(
        selectors.template_csv(actor_of(request).organisation_id or 0),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="incident-import-template.csv"'},
    )


@importer
@require_GET
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """One import: how far it is, what landed, what was wrong."""
    found = _batch(request, reference)
    context = {
        "batch": found,
        "is_done": found.status in {BatchStatus.DONE, BatchStatus.FAILED},
        "faults": found.bad_rows.order_by("line", "pk")[:SHOWN],
        "confirm_refusal": policies.may_confirm(actor_of(request), found),
        "shown": SHOWN,
    }
    return render(request, "imports/batch.html", context)


@importer
@require_GET
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The progress bar alone, asked for again and again until the import is done."""
    found = _batch(request, reference)
    done = found.status in {BatchStatus.DONE, BatchStatus.FAILED} and not found.is_starting
    answer = render(request, "imports/_progress.html", {"batch": found, "is_done": done})
    if done:
        answer["HX-Refresh"] = "true"
    return answer


@importer
@require_GET
def errors(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The bad rows as a file that can be mended and imported again. The download is audited."""
    found = _batch(request, reference)
    audit.record(actor=actor_of(request), action="import.errors_downloaded", target=found)
    return StreamingHttpResponse(
        selectors.error_file(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.reference}-bad-rows.csv"'},
    )


@access.roles(policies.IMPORTERS, fresh=True)
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Let services start for the open incidents of this import."""
    found = _batch(request, reference)
    try:
        found = confirming.confirm_starts(actor=actor_of(request), batch_id=found.pk)
    except access.Refused as refused:
        messages.info(request, refused.refusal.message)
    else:
        messages.success(request, f"Confirmed. Services are being started for {found.held} open incidents.")
    return redirect("imports:batch", reference)
