"""What became of an alert, from its proposal to its end: the report for afterwards, and of a drill.

One set of tables is the page and the files. Nobody's address is in it, nor what was said in the room. A
moment stays a moment until it is shown: people read a date, spreadsheets an ISO stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count as Counted
from django.utils import timezone

from alerts import money
from alerts.enums import AudienceChannel, Language, NoticeKind
from alerts.models import CallVolume, ChildRescueAlert, CostApproval, Notice, NoticeRun
from alerts.progress import Board, board_of
from alerts.selectors import areas_of, removals_of
from alerts.turns import took
from foundation.accounts.models import User
from foundation.messaging.models import Delivery
from foundation.tables import Cells, Table, spoken

MOST_CODES = 20


@dataclass(frozen=True, slots=True)
class Report:
    """All of it."""

    reference: str
    is_rehearsal: bool
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    made_at: datetime

    @property
    def title(self) -> str:
        """What it is called on paper: a drill cannot be taken for an alert."""
        return "Drill report" if self.is_rehearsal else "Child Rescue Alert: report"


def report_of(alert: ChildRescueAlert) -> Report:
    """The report as it stands now; before the end it is a report in between."""
    board = board_of(alert)
    tables = (
        _steps(alert),
        _reach(board),
        _areas(board),
        _failures(alert),
        _ledger(alert, board),
        _calls(alert),
    )
    return Report(alert.reference, alert.is_rehearsal, _facts(alert, board), tables, timezone.now())


def _facts(alert: ChildRescueAlert, board: Board) -> tuple[tuple[str, str], ...]:
    """What is read first: whose it was, how it stands, how long each part took, and how many it reached."""
    first = next((one for one in board.notices if one.notice.kind == NoticeKind.ALERT), None)
    ended = f"{_end_of(alert)}, {spoken(alert.ended_at)}" if alert.ended_at else ""
    found = (
        ("Force", alert.force.name),
        ("Areas", ", ".join(area.name for area in areas_of(alert))),
        ("How it stands", ended or alert.get_status_display()),
        ("From the proposal to the issue", _between(alert.proposed_at, alert.issued_at)),
        ("From the issue to the end", _between(alert.issued_at, alert.ended_at)),
        ("Messages issued", f"{first.total.issued:,}" if first else ""),
        ("Messages a provider accepted", f"{first.total.accepted:,}" if first else ""),
    )
    return tuple((label, value) for label, value in found if value)


def _between(start: datetime | None, end: datetime | None) -> str:
    return took(end - start) if start and end else ""


def _steps(alert: ChildRescueAlert) -> Table:
    found = sorted(_moments(alert), key=lambda one: one[0])
    rows: list[Cells] = []
    before: datetime | None = None
    for at, what, who in found:
        since_before = "" if before is None else lasting(at - before)
        rows.append((at, what, _names(who), lasting(at - alert.proposed_at), since_before))
        before = at
    headings = ("When", "What", "Who", "Since it was proposed", "Since the step before")
    return Table("steps", "Steps and their times", headings, tuple(rows))


def _moments(alert: ChildRescueAlert) -> list[tuple[datetime, str, tuple[int | None, ...]]]:
    """Every step that was taken, with who took it."""
    agreed = "Agreed by telephone" if alert.recorded_by_id else "Agreed nationally"
    people = (alert.agreed_by_id, alert.recorded_by_id, alert.witnessed_by_id)
    steps = [
        (alert.proposed_at, "Proposed", (alert.proposed_by_id,)),
        (alert.authorised_at, "Authorised by the force", (alert.authorised_by_id,)),
        (alert.agreed_at, agreed, people),
        (alert.call_handling_ready_at, "Force ready for calls", (alert.call_handling_ready_by_id,)),
        (alert.ended_at, _end_of(alert), (alert.ended_by_id,)),
        *((one.sent_at, _said(one), (one.made_by_id,)) for one in alert.notices.order_by("number")),
        *(
            (one.at, f"Picture taken away: {one.get_fault_display().lower()}", (one.by_id,))
            for one in removals_of(alert)
        ),
        *((one.at, "Cost approved", (one.by_id,)) for one in CostApproval.objects.filter(alert=alert)),
        *_first_and_last(alert),
    ]
    return [(at, what, who) for at, what, who in steps if at is not None]


def _said(notice: Notice) -> str:
    return {"alert": "Issued", "update": "Updated or renewed", "cancel": "Those reached are told"}[
        notice.kind
    ]


def _end_of(alert: ChildRescueAlert) -> str:
    why = f": {alert.get_cancel_reason_display().lower()}" if alert.cancel_reason else ""
    return f"{alert.get_status_display()}{why}"


def _first_and_last(alert: ChildRescueAlert) -> list[tuple[datetime | None, str, tuple[int | None, ...]]]:
    """When the first and the last of the alert itself were taken by a provider."""
    runs = NoticeRun.objects.filter(notice__alert=alert, notice__kind="alert").values("broadcast_id")
    sent = Delivery.objects.filter(broadcast_id__in=runs, sent_at__isnull=False)
    first = sent.order_by("sent_at").values_list("sent_at", flat=True).first()
    last = sent.order_by("-sent_at").values_list("sent_at", flat=True).first()
    return [(first, "First message taken by a provider", ()), (last, "Last message taken by a provider", ())]


def _reach(board: Board) -> Table:
    rows: list[Cells] = []
    for one in board.notices:
        for run in one.runs:
            count = run.count
            figures = (count.issued, count.accepted, count.delivered, count.unknown, count.failed)
            more = (count.left_out, count.cancelled)
            rows.append((_called(one.notice), run.channel, run.language, *figures, *more))
    headings = ("Notice", "Channel", "Language", *_FIGURES)
    return Table("reach", "Reach by channel", headings, tuple(rows), "Nothing was sent.")


_FIGURES = ("Issued to", "Accepted", "Delivered", "Outcome unknown", "Failed", "Opted out", "Taken back")


def _areas(board: Board) -> Table:
    rows: list[Cells] = [
        (_called(one.notice), area.name, area.count.accepted, area.count.delivered, area.count.failed)
        for one in board.notices
        for area in one.areas
    ]
    headings = ("Notice", "Area", "Accepted", "Delivered", "Failed")
    return Table("areas", "Reach by area", headings, tuple(rows), "Nothing was sent.")


def _called(notice: Notice) -> str:
    return f"{notice.number} {notice.get_kind_display()}"


def _failures(alert: ChildRescueAlert) -> Table:
    runs = NoticeRun.objects.filter(notice__alert=alert).values("broadcast_id")
    failed = Delivery.objects.filter(broadcast_id__in=runs).exclude(failed_code="")
    counted = failed.values_list("status", "failed_code").annotate(count=Counted("number")).order_by("-count")
    rows = tuple((status, code, count) for status, code, count in counted[:MOST_CODES])
    return Table("failures", "What did not arrive, and why", ("How it ended", "Code", "How many"), rows)


def _ledger(alert: ChildRescueAlert, board: Board) -> Table:
    """What the provider may charge for: everything it took, at the price there was when the run began."""
    rows: list[Cells] = []
    reckoned, owed = Decimal(0), Decimal(0)
    runs = NoticeRun.objects.filter(notice__alert=alert).select_related("cost", "notice")
    taken = _taken([run.broadcast_id for run in runs])
    for run in runs.order_by("notice__number", "channel", "language"):
        cost, parts = run.cost, taken.get(run.broadcast_id, 0) * run.cost.segments
        before = money.charge(cost.recipients * cost.segments, cost.pence_each)
        after = money.charge(parts, cost.pence_each)
        reckoned, owed = reckoned + (before or 0), owed + (after or 0)
        channel, language = AudienceChannel(run.channel).label, Language(run.language).label
        sums = (_pounds(before), parts, _pounds(after))
        rows.append((_called(run.notice), channel, language, cost.segments, *sums))
    if rows:
        rows.append(("All", "", "", "", money.pounds(reckoned), "", money.pounds(owed)))
    headings = ("Notice", "Channel", "Language", "Parts each", "Reckoned", "Parts accepted", "To be charged")
    return Table("ledger", "Cost", headings, tuple(rows), "Nothing was sent.")


def _taken(broadcast_ids: Sequence[int]) -> dict[int, int]:
    """How many the provider took, by broadcast: also those that failed after that, which it charges for."""
    rows = Delivery.objects.filter(broadcast_id__in=broadcast_ids, sent_at__isnull=False)
    return dict(rows.values_list("broadcast_id").annotate(count=Counted("number")))


def _pounds(pence: Decimal | None) -> str:
    return "no price set" if pence is None else money.pounds(pence)


def _calls(alert: ChildRescueAlert) -> Table:
    rows = tuple((one.hour, one.calls) for one in CallVolume.objects.filter(alert=alert))
    headings = ("Hour that began", "Calls")
    return Table("calls", "Calls to the force", headings, rows, "The force has entered none.")


def _names(user_ids: tuple[int | None, ...]) -> str:
    wanted = [one for one in user_ids if one is not None]
    found = User.objects.in_bulk(wanted)
    return ", ".join(found[one].full_name for one in wanted if one in found)


def lasting(span: timedelta) -> str:
    """How long, as hours, minutes and seconds."""
    whole = round(span.total_seconds())
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
