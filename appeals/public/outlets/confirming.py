"""The link in an e-mail by which a partner says that an appeal is gone. Only its button says so.

Mail scanners open every link: looking at the page changes nothing.
"""

from __future__ import annotations

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from appeals.addresses import confirmed_reference
from appeals.models import PublicPlacement
from appeals.public.views.common import not_kept
from appeals.services.taking import take_report
from foundation import access


@csrf_exempt
@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is about, by reference only; the button; the answer."""
    try:
        reference = confirmed_reference(token)
    except SignatureExpired:
        return _page(request, "expired", status=410)
    except BadSignature:
        return _page(request, "forged", status=404)
    rows = PublicPlacement.objects.filter(reference=reference)
    found = rows.values_list("is_live", "is_confirmed", "is_replaced", "outlet_id").first()
    if found is None:
        return _page(request, "forged", status=404)
    is_live, is_confirmed, is_replaced, outlet_id = found
    step = "live" if is_live else "confirmed" if is_confirmed else "back" if is_replaced else "asking"
    if step == "asking" and request.method == "POST":
        take_report(kind="link", outlet_id=outlet_id, body={"gone": [reference]})
        step = "thanks"
    return _page(request, step, reference)


def _page(request: HttpRequest, step: str, reference: str = "", *, status: int = 200) -> HttpResponse:
    given = {"step": step, "reference": reference}
    return not_kept(render(request, "appeals_public/confirm.html", given, status=status))
