"""Which pages of a force have to carry the helpline's fragment."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from appeals import policies
from appeals.models import FragmentCheck
from appeals.selectors.fragments import fragment_page_for
from foundation.access import require
from foundation.accounts.selectors import forces
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.messaging.gateways import outside

LONGEST_ADDRESS = 300
# Each is fetched every hour.
MOST_PAGES = 50
_WRONG = "Enter an address that starts with https:// and can be reached by anybody."


def add_page(*, actor: Actor, organisation_id: int, url: str) -> FragmentCheck:
    """Have a page of a force looked at. Raises `Refused`, and `Invalid` for one that cannot be.

    The address is looked up here, outside any transaction, and judged again at every look.
    """
    require(policies.may_change_sharing(actor, organisation_id))
    address = _fetchable(url)
    if not forces().filter(pk=organisation_id).exists():
        raise Invalid({"organisation": "Choose a force of the list."})
    if FragmentCheck.objects.filter(organisation_id=organisation_id).count() >= MOST_PAGES:
        raise Invalid(
            {"url": f"{MOST_PAGES} pages of this force are on the list already, as many as it takes."}
        )
    try:
        with transaction.atomic():
            page = FragmentCheck.objects.create(
                organisation_id=organisation_id, url=address, added_by_id=actor.user_id
            )
            audit.record(
                actor=actor, action="appeals.fragment_page_added", target=page, fields=["organisation", "url"]
            )
    except IntegrityError:
        raise Invalid({"url": "This page is on the list already."}) from None
    return page


@transaction.atomic
def switch_page(*, actor: Actor, page_id: int, is_active: bool) -> FragmentCheck:
    """Look at a page no longer, or again. What was found before it was switched on counts no more."""
    found = fragment_page_for(actor, page_id)
    page = FragmentCheck.objects.select_for_update(no_key=True).get(pk=found.pk)
    require(policies.may_change_sharing(actor, page.organisation_id))
    if page.is_active == is_active:
        return page
    page.is_active = is_active
    page.found, page.problem, page.missing_since = None, "", None
    page.save(update_fields=["is_active", "found", "problem", "missing_since"])
    action = "appeals.fragment_page_switched_on" if is_active else "appeals.fragment_page_switched_off"
    audit.record(actor=actor, action=action, target=page, fields=["is_active"])
    return page


def _fetchable(url: str) -> str:
    """The address without what a browser keeps to itself (`#part`)."""
    address = url.strip().partition("#")[0]
    if len(address) > LONGEST_ADDRESS:
        raise Invalid({"url": f"Use an address of at most {LONGEST_ADDRESS} characters."})
    if not address.isascii() or any(one in address for one in "\\ \t\r\n") or _holds_a_secret(address):
        raise Invalid({"url": _WRONG})
    try:
        outside.check(address, allowed=settings.OUTLET_ALLOWED_HOSTS)
    except outside.NotAllowed:
        raise Invalid({"url": _WRONG}) from None
    except outside.NoSuchHost:
        raise Invalid({"url": "There is no such site. Check its spelling, or try again later."}) from None
    return address


def _holds_a_secret(address: str) -> bool:
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:
        return True
