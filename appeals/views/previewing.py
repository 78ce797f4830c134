"""A version as each channel shows it. Finished pages and letters stand in frames that can do nothing."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from appeals import previews, selectors
from appeals.models import Appeal, Content
from appeals.printing.sheet import TooLongToPrint
from appeals.services import renditions
from appeals.views.appeal import content_context
from appeals.views.common import at, framed, opened, readers
from foundation.files.serving import sent
from foundation.printing.exceptions import NotPrinted
from foundation.ui.frames import FRAME_POLICY


def preview_context(request: HttpRequest, content: Content | None) -> dict[str, Any]:
    """What the previews of a version need, as outlets of the region show it that was asked for."""
    regions = previews.regions_of(selectors.wordings_of(content))
    region = next((one for one in regions if str(one[0]) == request.GET.get("region")), None)
    return {
        "previews": previews.previews_of(content, region_id=region[0] if region else None) if content else [],
        "regions": regions,
        "region": region,
    }


@readers
@never_cache
@require_GET
def preview(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """What each channel would show of a version, the newest unless another is named."""
    appeal = opened(request, reference)
    content = selectors.newest_content(appeal) if number is None else _version(appeal, number)
    context = framed(
        request, appeal, "Preview", **preview_context(request, content), **content_context(appeal, content)
    )
    return render(request, "appeals/preview.html", context)


@readers
@never_cache
@xframe_options_sameorigin
@require_GET
def frame(request: HttpRequest, reference: str, number: int, what: str, language: str) -> HttpResponse:
    """The finished page, letter or entry, to stand in a page of ours."""
    content = _version(opened(request, reference), number)
    region = request.GET.get("region", "")
    make = previews.FRAMES.get(what)
    if make is None:
        raise Http404
    try:
        made = make(content, language, int(region) if region.isdecimal() and len(region) < 10 else None)
    except KeyError:
        raise Http404 from None
    if isinstance(made, previews.Entry):
        answer = render(request, "appeals/frames/entry.html", {"entry": made, "content": content})
    else:
        answer = HttpResponse(made)
    answer["Content-Security-Policy"] = FRAME_POLICY
    return answer


@readers
@never_cache
@require_GET
def proof(request: HttpRequest, reference: str, number: int, kind: str) -> HttpResponseBase:
    """One picture, poster or creative of a version, exactly as it is published."""
    appeal = opened(request, reference)
    content = _version(appeal, number)
    try:
        data, content_type = renditions.proof(content, kind)
    except KeyError:
        raise Http404 from None
    except (NotPrinted, TooLongToPrint) as problem:
        words = str(problem) if isinstance(problem, TooLongToPrint) else "It could not be printed. Try again."
        messages.error(request, words)
        return redirect(at("preview_of", appeal, number))
    # A browser shows no PDF of a page that may do nothing: it is saved instead.
    save_as = f"{appeal.reference}-{kind}.pdf" if content_type == "application/pdf" else ""
    return sent(io.BytesIO(data), content_type=content_type, save_as=save_as)


def _version(appeal: Appeal, number: int) -> Content:
    found = selectors.content_at(appeal, number)
    if found is None:
        raise Http404
    return found
