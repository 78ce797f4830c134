"""What the pages share: who reaches them, and fetching what is theirs."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from foundation import access
from foundation.accounts.enums import HELPLINE, Role
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from missingcases.models import Incident
from missingcases.selectors import incident_for
from rhi import selectors
from rhi.models import Referral, Visit
from rhi.states import ALLOCATORS, WORKERS

workers = access.roles(WORKERS)
allocators = access.roles(ALLOCATORS)
authority_people = access.roles(Role.LOCAL_AUTHORITY)
coordinators = access.roles(Role.POLICE_COORDINATOR)
referrers = access.roles(HELPLINE | {Role.POLICE_COORDINATOR, Role.LOCAL_AUTHORITY})


def referral_of(request: HttpRequest, reference: str) -> Referral:
    """The referral, for whoever reads its content; 404 for everybody else."""
    try:
        return selectors.referral_named(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such referral.") from None


def visit_of(request: HttpRequest, reference: str) -> Visit:
    """The visit, for whoever may see it; 404 for everybody else."""
    try:
        return selectors.visit_named(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such visit.") from None


def incident_of(request: HttpRequest, reference: str) -> Incident:
    """The incident, as far as it exists for whoever asks; 404 for everybody else."""
    try:
        return incident_for(actor_of(request), reference)
    except NotVisible:
        raise Http404("No such incident.") from None
