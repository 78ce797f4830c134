"""The audience for the charity's managers and administrators: figures, lists, rehearsals, districts."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alerts.audience import policies, selectors, services
from alerts.audience.enums import ImportStatus
from alerts.audience.forms import DistrictsForm, ListForm, TesterForm
from alerts.audience.lines import BadFile
from alerts.audience.models import ListImport, PostcodeDistrict
from alerts.audience.states import KEEPERS
from foundation import access
from foundation.access import Refused, require
from foundation.accounts.enums import Role
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt

keeper = access.roles(KEEPERS)
SHOWN = 100


class _Echo:
    """A file that hands every line on."""

    def write(self, line: str) -> str:
        return line


def _list(request: HttpRequest, reference: str) -> ListImport:
    try:
        return selectors.list_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


@keeper
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """How many get alerts, where and by what way, and what became of them month by month."""
    actor = actor_of(request)
    require(policies.may_manage(actor))
    counts = selectors.counts_by_area()
    channels = selectors.channels_used(is_test=False)
    context = {
        "channels": channels,
        "counts": counts,
        "totals": [sum(one.counts[place] for one in counts) for place in range(len(channels))],
        "total": sum(one.total for one in counts),
        "months": selectors.months(),
        "testers": selectors.testers(actor).count(),
        "systems": selectors.systems(actor).count(),
        "districts": PostcodeDistrict.objects.count(),
        "districts_refusal": policies.may_load_districts(actor),
    }
    return render(request, "audience/overview.html", context)


@keeper
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Partners' lists, and the form for the next."""
    actor = actor_of(request)
    require(policies.may_manage(actor))
    posted = request.method == "POST"
    form = ListForm(request.POST if posted else None, request.FILES if posted else None)
    if posted:
        done = attempt(
            form,
            lambda given: services.receive_list(
                actor=actor, partner=given["partner"], evidence=given["evidence"], content=given["file"].file
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "The list is being checked. Nobody is added yet.")
            return redirect("audience:list", done.reference)
    rows = selectors.lists_visible_to(actor)[:SHOWN]
    context = {"form": form, "lists": rows}
    return render(request, "audience/lists.html", context, status=422 if form.is_bound else 200)


@keeper
@require_GET
def one_list(request: HttpRequest, reference: str) -> HttpResponse:
    """One list: what the check found, and what became of it."""
    row = _list(request, reference)
    context = {
        "list": row,
        "faults": row.bad_lines.all()[:SHOWN],
        "shown": SHOWN,
        "is_working": row.status in {ImportStatus.WAITING, ImportStatus.CHECKING, ImportStatus.ADDING},
        "confirm_refusal": policies.may_confirm(actor_of(request), row),
    }
    return render(request, "audience/list.html", context)


@keeper
@require_GET
def list_errors(request: HttpRequest, reference: str) -> HttpResponseBase:
    """What is wrong, line by line, as a file. The lines' own words are in the partner's file alone."""
    row = _list(request, reference)
    audit.record(actor=actor_of(request), action="audience_list.errors_downloaded", target=row)
    answer = StreamingHttpResponse(_error_lines(row), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.reference}-bad-lines.csv"'
    return answer


def _error_lines(row: ListImport) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["line", "column", "what is wrong"])  # type: ignore[misc]
    for bad in row.bad_lines.iterator(chunk_size=1000):
        yield writer.writerow([bad.line, bad.column, bad.reason])  # type: ignore[misc]


@access.roles(KEEPERS, fresh=True)
@require_POST
def confirm_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what the check found good."""
    row = _list(request, reference)
    try:
        services.confirm_list(actor=actor_of(request), list_id=row.pk)
    except Refused as refused:
        messages.info(request, refused.refusal.message)
    else:
        messages.success(request, "They are being added. You may leave this page.")
    return redirect("audience:list", reference)


@keeper
@require_POST
def drop_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Do not add it; its file is deleted."""
    row = _list(request, reference)
    try:
        services.drop_list(actor=actor_of(request), list_id=row.pk)
    except Refused as refused:
        messages.info(request, refused.refusal.message)
    else:
        messages.success(request, "Nobody of this list is added, and its file is deleted.")
    return redirect("audience:list", reference)


@keeper
@require_http_methods(["GET", "POST"])
def testers(request: HttpRequest) -> HttpResponse:
    """Who gets rehearsals, and the form for the next."""
    actor = actor_of(request)
    require(policies.may_manage(actor))
    form = TesterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.add_tester(
                actor=actor,
                channel=given["channel"],
                to=given["to"],
                area_ids=[given["area"].pk],
                language=given["language"],
                consent=given["consent"],
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "They get rehearsals from now on, and nothing else.")
            return redirect("audience:testers")
    context = {"form": form, "testers": selectors.testers(actor)}
    return render(request, "audience/testers.html", context, status=422 if form.is_bound else 200)


@keeper
@require_POST
def remove_tester(request: HttpRequest, number: int) -> HttpResponse:
    """They get none any more."""
    try:
        services.remove_tester(actor=actor_of(request), subscriber_id=number)
    except NotVisible:
        raise Http404 from None
    messages.success(request, "They get no rehearsals any more, and their address is forgotten.")
    return redirect("audience:testers")


@access.roles(Role.ADMINISTRATOR, fresh=True)
@require_http_methods(["GET", "POST"])
def districts(request: HttpRequest) -> HttpResponse:
    """Check or load the table of postcode districts, and show what it did line by line."""
    actor = actor_of(request)
    require(policies.may_load_districts(actor))
    posted = request.method == "POST"
    form = DistrictsForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, object] = {"form": form}
    if posted and form.is_valid():
        dry_run = form.cleaned_data["what"] == "check"
        try:
            report = services.load_districts(
                actor=actor, content=form.cleaned_data["file"].read(), dry_run=dry_run
            )
        except BadFile as bad:
            form.add_error("file", str(bad))
        else:
            context |= {"report": report, "dry_run": dry_run, "errors": report.errors[:SHOWN]}
    context["known"] = PostcodeDistrict.objects.count()
    return render(request, "audience/districts.html", context)
