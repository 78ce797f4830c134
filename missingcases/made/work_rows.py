"""What was done on one incident: reviews kept and missed, actions, notes, record, and the timeline of it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from foundation.sheets import Sheet
from missingcases.deadlines import ReviewLine, first_reviews, fixed_reviews, next_long_term, repeat_review
from missingcases.enums import CancelReason, ReviewKind
from missingcases.made import words
from missingcases.made.frame import Case, Pages, hours, often, reference
from missingcases.made.incident_rows import SCHEME
from missingcases.made.stated import ETHNICITY, Drawn
from missingcases.models import Action, Note, RecordSection, ReviewClock, TimelineEntry
from missingcases.schemes import risk_label, status_label

ROOM = 64
# (O) Reviews by the shift that are written of one incident; the rest of a long search says no more.
MOST_SHIFTS = 8
KEPT, LATE = 0.82, 0.13
_ETHNICITY = Drawn(ETHNICITY)
_INTENTIONS = Drawn(
    (("left_by_choice", 62.0), ("drifted", 14.0), ("forced", 3.0), ("lost", 6.0), ("not_known", 15.0))
)
_NOTES = Drawn((("0", 20.0), ("1", 45.0), ("2", 25.0), ("3", 10.0)))
_LABELS = {str(kind): str(kind.label) for kind in ReviewKind}
_CANCELLED = {str(reason): str(reason.label).lower() for reason in CancelReason}

Told = tuple[datetime, str, str, str]
Lines = dict[str, list[ReviewLine]]
# Of each action that is made, the rules it came from: repeats, long absences, high risk.
Rules = dict[str, list[tuple[int, str, str]]]


def sheets() -> list[Sheet]:
    """Empty pages."""
    return [
        Sheet(
            ReviewClock, "id", "incident_id", "kind", "due_at", "created_at", "done_at", "done_by_id",
            "findings", "stopped_at",
        ),
        Sheet(
            Action, "id", "reference", "incident_id", "kind", "trigger", "rule_id", "title", "owner_id",
            "status", "due_at", "done_at", "done_by_id", "result", "created_at",
        ),
        Sheet(Note, "id", "incident_id", "organisation_id", "audience", "text", "author_id", "created_at"),
        Sheet(RecordSection, "id", "incident_id", "section", "data", "updated_by_id", "updated_at"),
        Sheet(
            TimelineEntry, "id", "incident_id", "at", "kind", "summary", "audience", "organisation_id",
            "user_id", "created_at",
        ),
    ]  # fmt: skip


class Work:
    """Writes it, by the tables of reviews and of triggers as they stand."""

    def __init__(self, lines: Lines, rules: Rules, end: datetime) -> None:
        self._lines, self._rules, self._end = lines, rules, end

    def write(self, case: Case, chance: random.Random, pages: Pages) -> None:
        """All of one incident."""
        told = _course(case)
        self._clocks(case, chance, pages, told)
        self._actions(case, chance, pages, told)
        _notes(case, chance, pages, self._end)
        _sections(case, chance, pages)
        page, owner, by = pages["missingcases.TimelineEntry"], case.force.pk, case.force.officer_id
        for place, (at, kind, summary, audience) in enumerate(told[:ROOM]):
            page.add(case.key * ROOM + place, case.key, at, kind, summary, audience, owner, by, at)

    def _clocks(self, case: Case, chance: random.Random, pages: Pages, told: list[Told]) -> None:
        if not case.gradings:
            return
        over = case.ended_at or self._end
        clocks = _Clocks(case, chance, pages, told, self._end)
        until = [at for at, _, _ in case.gradings[1:]] + [case.long_term_at or over]
        for (at, _, level), stop in zip(case.gradings, until, strict=True):
            lines = self._lines.get(level, [])
            due = first_reviews(at, lines, age=case.age, agreed_at=case.review_agreed_at)
            for kind, moment in due.items():
                clocks.run(str(kind), at, moment, stop, lines)
        missing = next((at for at, category, _ in case.gradings if category == "missing"), None)
        if missing is not None:
            for kind, moment in fixed_reviews(case.reported_at).items():
                clocks.run(str(kind), missing, moment, over, [])

    def _actions(self, case: Case, chance: random.Random, pages: Pages, told: list[Told]) -> None:
        over = case.located_at or self._end
        raised = []
        if case.is_third_in_month and not case.cancel_reason:
            raised.append(("repeat_count", case.reported_at))
        if case.gradings and over - case.reported_at > timedelta(hours=24):
            raised.append(("long_absence", case.reported_at + timedelta(hours=24)))
        high = next((at for at, _, level in case.gradings if level == "high"), None)
        if high is not None:
            raised.append(("risk", high))
        place = 0
        for trigger, at in raised:
            for rule, kind, owner in self._rules.get(trigger, []):
                whose = case.authority_id if owner == "placing_authority" else case.force.pk
                if whose is None or at >= self._end:
                    continue
                self._action(case, chance, pages, place, (rule, kind, trigger, whose, at))
                told.append((at, "action.raised", "Action raised", "owner"))
                place += 1

    def _action(
        self, case: Case, chance: random.Random, pages: Pages, place: int,
        what: tuple[int, str, str, int, datetime],
    ) -> None:  # fmt: skip
        rule, kind, trigger, whose, at = what
        key, due = case.key * 8 + place, at + timedelta(hours=1 if trigger == "risk" else 24)
        held = at + hours(chance, 0.2, 20 if trigger != "risk" else 1.3)
        done = None if held >= self._end or often(chance, 0.04) else held
        by = case.force.supervisor_id if whose == case.force.pk else None
        pages["missingcases.Action"].add(
            key, reference("AC", key), case.key, kind, trigger, rule, _TITLES[trigger], whose,
            "done" if done else "open", due, done, by if done else None, "Held." if done else "", at,
        )  # fmt: skip


_TITLES = {
    "repeat_count": "3 incidents in 30 days",
    "long_absence": "Missing for more than 24 hours",
    "risk": "Graded at high risk",
}


class _Clocks:
    """The reviews of one incident: each due, and held in time, late or never."""

    def __init__(
        self, case: Case, chance: random.Random, pages: Pages, told: list[Told], end: datetime
    ) -> None:
        self._case, self._chance, self._told, self._end = case, chance, told, end
        self._page = pages["missingcases.ReviewClock"]
        self._place = 0
        self._shifts = 0

    def run(
        self, kind: str, begun: datetime, due: datetime, until: datetime, lines: list[ReviewLine]
    ) -> None:
        """One clock and those that follow it, until the incident ended or was graded anew."""
        while True:
            done = self._held(begun, due)
            if done is None or done >= until:
                self._add(kind, due, begun, None, None if until >= self._end else until)
                return
            self._add(kind, due, begun, done, None)
            following = repeat_review(kind, done, lines, age=self._case.age) or next_long_term(
                kind, reported_at=self._case.reported_at, done_at=done
            )
            self._shifts += 1
            if following is None:
                return
            kind, due, begun = str(following[0]), following[1], done
            if (self._shifts > MOST_SHIFTS and lines) or self._place >= ROOM - 8:
                self._go_on(kind, until)
                return

    def _go_on(self, kind: str, until: datetime) -> None:
        """Of a search that goes on, the one that runs now."""
        if until >= self._end:
            due = self._end + hours(self._chance, -3, 8)
            self._add(kind, due, due - timedelta(hours=8), None, None)

    def _held(self, begun: datetime, due: datetime) -> datetime | None:
        drawn = self._chance.random()
        if drawn < KEPT:
            return due - (due - begun) * (0.25 * self._chance.random())
        if drawn < KEPT + LATE:
            return due + hours(self._chance, 0.1, 6)
        return due + hours(self._chance, 6, 30)

    def _add(
        self, kind: str, due: datetime, begun: datetime, done: datetime | None, stopped: datetime | None
    ) -> None:
        by = self._case.force.inspector_id if kind == "inspector" else self._case.force.supervisor_id
        self._page.add(
            self._case.key * ROOM + self._place, self._case.key, kind, due, begun, done,
            by if done else None, self._chance.choice(words.FINDINGS) if done else "", stopped,
        )  # fmt: skip
        self._place += 1
        if done is not None:
            self._told.append((done, "review.done", f"Done: {_LABELS[kind]}", "owner"))


def _course(case: Case) -> list[Told]:
    """What the timeline tells to whoever sees the incident."""
    found: list[Told] = [(case.reported_at, "incident.reported", "Reported missing", "everyone")]
    for at, category, level in case.gradings:
        status, risk = status_label(SCHEME, category), risk_label(SCHEME, level)
        words_ = f"Graded: {status}" + ("" if status == risk else f", {risk.lower()}")
        found.append((at, "incident.graded", words_, "everyone"))
    if case.came_from is not None:
        at = case.reported_at + timedelta(minutes=25)
        found.append((at, "transfer.accepted", "Transferred to another force", "everyone"))
    if case.cancel_reason and case.closed_at:
        words_ = f"Cancelled: {_CANCELLED[case.cancel_reason]}"
        return [*found, (case.closed_at, "incident.cancelled", words_, "everyone")]
    steps = (
        (case.long_term_at, "incident.made_long_term", "Long-term missing"),
        (case.located_at, "incident.located", "Located"),
        (case.returned_at, "incident.returned", "Returned to home or placement"),
        (case.identified_at, "incident.identified", "Identification confirmed"),
        (
            case.interviewed_at,
            "incident.prevention_interview",
            "Prevention interview held; welfare confirmed",
        ),
        (case.closed_at, "incident.closed", "Closed"),
    )
    return found + [(at, kind, summary, "everyone") for at, kind, summary in steps if at is not None]


def _notes(case: Case, chance: random.Random, pages: Pages, end: datetime) -> None:
    over = min(case.ended_at or end, case.reported_at + timedelta(days=3))
    for place in range(int(_NOTES.by(chance))):
        at = case.reported_at + (over - case.reported_at) * chance.random()
        pages["missingcases.Note"].add(
            case.key * 8 + place, case.key, case.force.pk, "owner" if often(chance, 0.8) else "everyone",
            words.note(chance, case.who.flags), case.force.officer_id, at,
        )  # fmt: skip


def _sections(case: Case, chance: random.Random, pages: Pages) -> None:
    page, at, by = pages["missingcases.RecordSection"], case.reported_at, case.force.officer_id
    # Of one person always the same, known or not: drawn from who they are.
    of_them = random.Random(case.who.pk)
    code = _ETHNICITY.by(of_them)
    if often(chance, 0.85):
        page.add(
            case.key * 4, case.key, "identity",
            {"nationality": "British", "self_defined": code, "self_defined_source": "Family"}, by, at,
        )  # fmt: skip
    if often(chance, 0.6):
        answers = {"intention": _INTENTIONS.by(chance), "out_of_character": "yes" if case.nth == 1 else "no"}
        page.add(case.key * 4 + 1, case.key, "circumstances", answers, by, at)
    if case.authority_id is not None and often(chance, 0.8):
        kind = (
            "foster"
            if often(of_them, 0.35)
            else "childrens_home"
            if often(of_them, 0.7)
            else "semi_independent"
        )
        away = "yes" if case.host_id != case.authority_id else "no"
        answers = {"legal_status": "section_20", "care_placement_kind": kind, "out_of_area": away}
        page.add(case.key * 4 + 2, case.key, "care", answers, by, at)
