"""The demonstration's duty desks: what called a force was acknowledged within minutes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from missingcases.demo.cases import Case
from missingcases.desk.selectors import open_notice_of
from missingcases.desk.services import acknowledge_incident

if TYPE_CHECKING:
    from missingcases.demo.building import History

WITHIN = timedelta(minutes=6)


def see_to(history: History, case: Case) -> None:
    """Have the officer of the case acknowledge it soon after this moment."""
    history.agenda.at(timezone.now() + WITHIN, partial(_acknowledge, history, case))


def _acknowledge(history: History, case: Case) -> None:
    notice = open_notice_of(history.incidents[case.key])
    officer = history.officer(case)
    if notice is not None and notice.organisation_id == officer.organisation_id:
        acknowledge_incident(actor=officer, incident_id=notice.incident_id)
