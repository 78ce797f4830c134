"""Pages of forces that have to carry the helpline's fragment: listed, added, switched off and on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from appeals import helpline
from appeals.enums import Language
from appeals.forms.fragments import FragmentPageForm
from appeals.selectors.fragments import fragment_pages_visible_to
from appeals.services import fragments as verbs
from appeals.views.common import is_charity
from foundation import access
from foundation.accounts.enums import INSPECTORS, PUBLICITY_DESK
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

keepers = access.roles(PUBLICITY_DESK | INSPECTORS)


@keepers
@require_http_methods(["GET", "POST"])
def pages(request: HttpRequest) -> HttpResponse:
    """How each page stands, what to embed, and a form for one page more."""
    actor = actor_of(request)
    here = reverse("appeals:fragments")
    form = FragmentPageForm(**posted(request), of_one_force=not is_charity(actor))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.add_page(
                actor=actor,
                organisation_id=answers["organisation"].pk
                if is_charity(actor)
                else actor.organisation_id or 0,
                url=answers["url"],
            ),
        )
        if not isinstance(done, Failed):
            return go(request, here, said="The page is added. It is looked at within five minutes.")
    context = {
        "page_title": "Helpline on forces' pages",
        "crumbs": [{"label": "Appeals", "href": reverse("appeals:listing")}],
        "rows": fragment_pages_visible_to(actor),
        "form": form,
        "switch_on": {"is_active": "yes"},
        "charity_side": is_charity(actor),
        "to_embed": [(label, helpline.as_html(language)) for language, label in Language.choices],
        "address": f"{settings.PUBLIC_BASE_URL.rstrip('/')}/embed/helpline",
    }
    return show(request, "appeals/fragments.html", context)


@keepers
@require_POST
def switch(request: HttpRequest, page_id: int) -> HttpResponse:
    """Look at a page no longer, or again."""
    is_active = request.POST.get("is_active") == "yes"
    visible(lambda: verbs.switch_page(actor=actor_of(request), page_id=page_id, is_active=is_active))
    said = "The page is looked at again." if is_active else "The page is not looked at any more."
    return go(request, reverse("appeals:fragments"), said=said)
