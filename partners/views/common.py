"""What the pages share: who reaches them, fetching what is theirs, the parts beside a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from foundation import access
from foundation.accounts.enums import INSPECTORS, Role
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from missingcases.models import Incident
from missingcases.selectors import incident_for
from partners import policies, selectors
from partners.models import Profile, Referral
from partners.states import SENDERS

senders = access.roles(SENDERS)
readers = access.roles(SENDERS | INSPECTORS | {Role.PARTNER_WORKER})
partner_people = access.roles(Role.PARTNER_WORKER)
directory_readers = access.roles(policies.READERS)
directory_keepers = access.roles(policies.KEEPERS)


def referral_of(request: HttpRequest, reference: str) -> Referral:
    """The referral, for whoever may know of it; 404 for everybody else."""
    try:
        return selectors.referral_named(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such referral.") from None


def profile_of(request: HttpRequest, reference: str) -> Profile:
    """The partner, for whoever reads the directory; 404 for everybody else."""
    try:
        return selectors.profile_named(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such partner.") from None


def incident_of(request: HttpRequest, reference: str) -> Incident:
    """The incident, as far as it exists for whoever asks; 404 for everybody else."""
    try:
        return incident_for(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such incident.") from None
