"""Photos, posters and share images: by an address that is good for minutes, tested anew at each read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from appeals.public.addresses import is_signed
from appeals.public.reading import file_of, shown_version
from appeals.public.views.common import gone, not_kept
from foundation import access
from foundation.files import storage
from foundation.files.serving import sent

_EXPIRED = "This address is no longer good. Open the page of the appeal again.\n"


@access.public
@require_safe
def picture(
    request: HttpRequest, token: str, kind: str, until: str, signature: str, ending: str
) -> HttpResponseBase:
    """403 for an address that is not ours or whose time is over; 410 where its appeal is gone."""
    if not is_signed(token, until, signature):
        return not_kept(HttpResponse(_EXPIRED, status=403, content_type="text/plain; charset=utf-8"))
    version = shown_version(token)
    if version is None:
        raise Http404
    if not version.is_live:
        return gone(request)
    found = file_of(version.content_id, kind, ending)
    if found is None:
        raise Http404
    return _file(*found)


def _file(stored_name: str, content_type: str) -> HttpResponseBase:
    try:
        handle = storage.path_of(stored_name).open("rb")
    except OSError:
        raise Http404 from None
    answer = sent(handle, content_type=content_type)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
