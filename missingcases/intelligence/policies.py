"""Who may do what with an intelligence report."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.actors import Actor
from missingcases.intelligence.enums import WRITABLE, Handling, ReportStatus
from missingcases.intelligence.models import Line, Report
from missingcases.intelligence.states import APPROVERS, REPORT, WRITERS, own_side

_S = ReportStatus
NOT_GRADED = Refusal(
    "not_graded", "Every line needs its sanitised text and its three gradings before it can go on."
)
NO_LINES = Refusal("no_lines", "Write at least one line.")
NO_FORCE = Refusal("no_force", "Choose the force it goes to.")


def may_write_intelligence(actor: Actor) -> Refusal | None:
    """Raise a report: the charity's and the authorities' people who are told things. Never police."""
    return holds_any(actor, WRITERS, "The charity or an authority writes an intelligence report.")


def may_edit(actor: Actor, report: Report) -> Refusal | None:
    """Change its words: as long as nobody has been asked to approve them."""
    if report.status not in WRITABLE:
        return Refusal("not_writable", "It can be changed only while it is being written or was returned.")
    return may_write_intelligence(actor) or own_side(report, actor)


def may_submit(actor: Actor, report: Report) -> Refusal | None:
    """Ask for approval."""
    return REPORT.may(report, _S.WAITING, actor) or is_whole(report)


def may_approve(actor: Actor, report: Report) -> Refusal | None:
    """Approve every word of it, as somebody who did not write it."""
    return REPORT.may(report, _S.APPROVED, actor)


def may_return(actor: Actor, report: Report) -> Refusal | None:
    """Give it back to its author."""
    return REPORT.may(report, _S.RETURNED, actor)


def may_send(actor: Actor, report: Report) -> Refusal | None:
    """Send what was approved."""
    return REPORT.may(report, _S.SENT, actor) or is_whole(report)


def may_withdraw(actor: Actor, report: Report) -> Refusal | None:
    """Take it back, from whichever state."""
    return REPORT.may(report, _S.WITHDRAWN, actor)


def may_acknowledge(actor: Actor, report: Report) -> Refusal | None:
    """Say that the force has it."""
    return REPORT.may(report, _S.ACKNOWLEDGED, actor)


def may_give_outcome(actor: Actor, report: Report) -> Refusal | None:
    """Say what came of it."""
    return REPORT.may(report, _S.OUTCOME, actor)


def is_whole(report: Report) -> Refusal | None:
    """Whether it names a force and every line is sanitised and graded."""
    lines = list(report.lines.all())
    if not lines:
        return NO_LINES
    if not all(map(is_graded, lines)):
        return NOT_GRADED
    return None if report.force_id else NO_FORCE


def is_graded(line: Line) -> bool:
    """Whether a line has its sanitised text and all three gradings, with the conditions of a C."""
    graded = line.source_grade and line.intelligence_grade and line.handling
    return bool(
        graded and line.sanitised.strip() and (line.handling != Handling.CONDITIONS or line.conditions)
    )


__all__ = [
    "APPROVERS",
    "NOT_GRADED",
    "WRITERS",
    "is_graded",
    "is_whole",
    "may_acknowledge",
    "may_approve",
    "may_edit",
    "may_give_outcome",
    "may_return",
    "may_send",
    "may_submit",
    "may_withdraw",
    "may_write_intelligence",
]
