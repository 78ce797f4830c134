"""Which appeals come round on a day, and whether anybody said no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from appeals.days import comes_round, days_of
from appeals.enums import (
    AppealKind,
    AppealStatus,
    ConsentStatus,
    Stance,
    WithdrawCause,
)
from appeals.models import Appeal, Consent, Content, PartyView
from missingcases.enums import OPEN
from missingcases.models import Incident

_NO = (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)
# Withdrawn because somebody did not want it: nobody is asked again by a machine.
_UNWANTED = (WithdrawCause.CONSENT_WITHDRAWN, WithdrawCause.POLICE_VETO, WithdrawCause.STAFF)


@dataclass(frozen=True, slots=True)
class Due:
    """One day of one open incident, with the appeal that was shown before; `born` for a birthday alone."""

    kind: AppealKind
    incident_id: int
    appeal_id: int
    born: date | None = None


def due_on(day: date) -> list[Due]:
    """What comes round on a day: since somebody is missing, and their birthday. The latest appeal counts."""
    shown = Q(kind=AppealKind.LONG_TERM) | Q(first_live_at__isnull=False)
    rows = Appeal.objects.filter(shown, incident__status__in=OPEN, incident__starts_held=False)
    newest = rows.order_by("incident_id", "-requested_at", "-pk").distinct("incident_id")
    latest = Appeal.objects.filter(pk__in=newest.values("pk"))
    contents = Content.objects.filter(_comes_round("missing_since", day), appeal__in=latest)
    found = [
        Due(AppealKind.ANNIVERSARY, incident_id, appeal_id)
        for incident_id, appeal_id, since in contents.order_by("appeal_id", "-number")
        .distinct("appeal_id")
        .values_list("appeal__incident_id", "appeal_id", "missing_since")
        if comes_round(since, day)
    ]
    born = latest.filter(_comes_round("incident__person__date_of_birth", day))
    found += [
        Due(AppealKind.BIRTHDAY, incident_id, appeal_id, on)
        for incident_id, appeal_id, on in born.values_list(
            "incident_id", "pk", "incident__person__date_of_birth"
        )
        if on and comes_round(on, day)
    ]
    return found


def _comes_round(field: str, day: date) -> Q:
    either = Q()
    for month, number in days_of(day):
        either |= Q(**{f"{field}__month": month, f"{field}__day": number})
    return either


def may_be_proposed(incident: Incident) -> bool:
    """Whether a machine may ask for publicity again: still open, and nobody ever said no to it."""
    if not incident.is_open or incident.starts_held:
        return False
    mine = Appeal.objects.filter(incident=incident)
    against = Q(status=AppealStatus.DECLINED) | ~Q(no_publicity=[]) | Q(withdrawn_cause__in=_UNWANTED)
    if mine.filter(against).exists():
        return False
    answers = Consent.objects.filter(appeal__in=mine).order_by("by", "-recorded_at", "-pk").distinct("by")
    if any(one.status in _NO for one in answers):
        return False
    views = PartyView.objects.filter(appeal__in=mine).order_by("party", "-recorded_at", "-pk")
    newest = views.distinct("party")
    return not any(one.stance == Stance.AGAINST for one in newest)
