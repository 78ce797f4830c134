"""What every page's chrome needs: the product's name, the navigation, who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from config import navigation, standing
from foundation.accounts import limits
from foundation.actors import Actor
from foundation.backups.selectors import held
from foundation.prepared import fetch_row

_NAME = "SELECT name FROM accounts_organisation WHERE id = %(organisation)s"


def chrome(request: HttpRequest) -> dict[str, object]:
    """The header, navigation and footer of any page; pages of nobody signed in get only their footer."""
    shown: dict[str, object] = {
        "product_name": settings.PRODUCT_NAME,
        "is_demo": not settings.IS_PRODUCTION,
        "read_only": settings.READ_ONLY,
        "is_restored": False,
        "footer_links": navigation.links(navigation.STAFF_FOOTER),
    }
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return shown
    items = navigation.entries(request, actor)
    return shown | {
        "is_restored": bool(held()),
        "behind_line": standing.kept_line(),
        "session_seconds": limits.seconds_left(request.session),
        "session_stay_url": navigation.address("mine:stay"),
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
        "nav_items": items,
        "nav_parts": navigation.parts_of(items),
        "account_links": navigation.links(navigation.ACCOUNT_LINKS),
        "sign_out_url": navigation.address("account_logout"),
        "signed_in_as": {"name": request.user.get_full_name(), "organisation": _organisation_name(actor)},  # type: ignore[union-attr]
    }


def _organisation_name(actor: Actor) -> str:
    found = None
    if actor.organisation_id is not None:
        found = fetch_row(_NAME, {"organisation": actor.organisation_id})
    return str(found[0]) if found else ""
