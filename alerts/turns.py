"""What was said yes to, by whom and when, and whose turn it is: for everybody in the room the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, TelephoneAgreement
from alerts.policies import missing
from alerts.ranks import in_words

_S = AlertStatus


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who took it and when, or nothing yet."""

    title: str
    who: str = ""
    at: datetime | None = None
    detail: str = ""


def steps_of(alert: ChildRescueAlert, agreement: TelephoneAgreement | None) -> list[Step]:
    """The steps in their order."""
    return [
        _step("Proposed", alert.proposed_by, alert.proposed_at),
        _step("Authorised by the force", alert.authorised_by, alert.authorised_at),
        _agreed(alert, agreement),
        _step("Force ready for calls", alert.call_handling_ready_by, alert.call_handling_ready_at),
        _step("Issued", alert.issued_by, alert.issued_at),
    ]


def _step(title: str, who: object, at: datetime | None) -> Step:
    return Step(title, getattr(who, "full_name", "") if at else "", at)


def _agreed(alert: ChildRescueAlert, agreement: TelephoneAgreement | None) -> Step:
    title = "Agreed nationally"
    if agreement is None:
        return _step(title, alert.agreed_by, alert.agreed_at)
    said = f"By telephone, called back on {agreement.called_back_on}. "
    said += f"Recorded by {agreement.recorded_by.full_name}"
    if agreement.witnessed_by is None:
        return Step(title, detail=f"{agreement.officer_name}. {said}; not witnessed yet.")
    heard = f"witnessed by {agreement.witnessed_by.full_name}"
    return Step(title, agreement.officer_name, alert.agreed_at, f"{said}, {heard}.")


def turn_of(alert: ChildRescueAlert, agreement: TelephoneAgreement | None) -> str:
    """Who is to do what now, in one sentence; empty once it has ended."""
    force = alert.force.name
    if alert.status == _S.PROPOSED:
        return _of_the_force(alert, missing(alert))
    if alert.status == _S.FORCE_AUTHORISED:
        if agreement is not None:
            who = agreement.asked.full_name if agreement.asked else "Another duty manager"
            return f"{who} of the charity, who heard the call, witnesses the agreement by telephone."
        return "The national unit agrees, here or by telephone to a duty manager of the charity."
    if alert.status == _S.NCA_AGREED:
        if alert.call_handling_ready_at is None:
            return f"{force} says that it is ready for the public's calls."
        return "A duty manager of the charity who had no other part issues it."
    return ""


def _of_the_force(alert: ChildRescueAlert, lacks: Sequence[str]) -> str:
    if lacks:
        return f"{alert.force.name} and the charity complete what is missing, listed below."
    who = in_words(alert.authorising_rank)
    return f"{who[0].upper()}{who[1:]} of {alert.force.name} who did not propose it authorises it."


def called_off(alert: ChildRescueAlert) -> str:
    """Who must act, once the national system called off what the alert was taken up from."""
    ends = "ends it now" if alert.issued_at is not None else "calls it off now"
    return (
        f"{alert.force.name}, or a duty manager of the charity, {ends}. If the child is still in danger, say "
        "in a comment why it goes on."
    )


def took(time: timedelta) -> str:
    """A time as the room's clock shows it: "4 min 20 s", "1 h 04 min"."""
    seconds = max(0, int(time.total_seconds()))
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours:,} h {minutes:02} min"
    return f"{minutes} min {seconds % 60:02} s"
