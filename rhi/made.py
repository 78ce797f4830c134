"""Return Home Interviews in made data: who was offered one, how soon, what was said, and what followed.

No effect on later incidents is made: whoever measures one here finds chance, and regression to the mean.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.sheets import Sheet, sealed
from missingcases.deadlines import ACKNOWLEDGE_WITHIN
from missingcases.enums import ReleaseKind
from missingcases.made import releases
from missingcases.made.checking import Measure
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, often, reference
from missingcases.made.stated import Drawn
from rhi.deadlines import interview_due_at, report_due_at
from rhi.interviews import made as interviews
from rhi.models import AuthorityPolicy, ContactAttempt, InterviewerProfile, Referral, Visit

# Where no authority is known, some children are referred by hand.
BY_HAND = 0.08
# 63% of interviews that are held are held within 72 hours [78].
IN_TIME = 0.63
INTERVIEWERS, _REFERRED = 6, timedelta(minutes=5)
_ANSWERS = Drawn(
    (
        ("accepted", 62.0), ("declined", 20.0), ("unable", 9.0), ("declined_but_talked", 5.0),
        ("carer_only", 4.0),
    )
)  # fmt: skip
_WHY_NOT = Drawn(
    (
        ("does_not_consider_missing", 30.0), ("too_many_interviews", 18.0), ("no_trust", 15.0),
        ("wants_known_person", 12.0), ("carer_refused", 10.0), ("told_not_to", 5.0), ("moved", 5.0),
        ("unwell", 5.0),
    )
)  # fmt: skip
_BREACH = Drawn(
    (("cannot_contact", 40.0), ("no_interviewer", 25.0), ("child_asked_later", 20.0), ("told_late", 15.0))
)


@dataclass(frozen=True, slots=True)
class _Provider:
    charity: int
    manager: int
    interviewers: list[int]
    arranged: dict[int, int]
    write_interview: interviews.WritesInterview
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            Referral, "id", "reference", "incident_id", "age_at_return", "looked_after", "authority_id",
            "host_authority_id", "provider_id", "origin", "referred_by_id", "referred_at", "release_id",
            "report_id", "status", "interviewer_id", "allocated_at", "clock_start", "due_at", "offered_at",
            "first_contact_at", "limits_explained_at", "answered_at", "decline_reason", "completed_at",
            "settled_at", "report_due_at", "reported_at", "breach_reason", "ended_by", "next_incident_id",
            "carer", "safe_contact", "summary", "told_version", "updated_at",
        ),
        Sheet(
            ContactAttempt, "id", "referral_id", "at", "channel", "whom", "outcome", "recorded_by_id",
            "recorded_at", "form_token",
        ),
        Sheet(
            Visit, "id", "reference", "referral_id", "worker_id", "planned_at", "place", "with_whom",
            "starts_at", "ends_at", "status", "checked_in_at", "checked_out_at", "form_token",
        ),
        *interviews.sheets(),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    manager = staff(charity, "manager", Role.CHARITY_MANAGER)
    workers = [
        staff(charity, f"interviewer-{place}", Role.RHI_INTERVIEWER).pk
        for place in range(1, INTERVIEWERS + 1)
    ]
    for worker in workers:
        InterviewerProfile.objects.get_or_create(
            user_id=worker, organisation=charity, defaults={"capacity": 40}
        )
    provider = _Provider(
        charity.pk, manager.pk, workers, _arrange(charity), interviews.writer(ask.end), ask.end
    )

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        if not case.is_child or case.returned_at is None or case.returned_at + _REFERRED >= ask.end:
            return
        authority = _responsible(case)
        if authority in provider.arranged or (authority is None and often(chance, BY_HAND)):
            _Course(provider, case, chance, pages, authority).write()

    return write


def _responsible(case: Case) -> int | None:
    if case.authority_id is not None or not case.force.districts:
        return case.authority_id
    return case.force.districts[case.who.district][1]


def _arrange(charity: Organisation) -> dict[int, int]:
    """Two authorities in three have an arrangement, always the same ones; with who answers for them."""
    councils = Organisation.objects.filter(kind=OrganisationKind.LOCAL_AUTHORITY).order_by("code")
    chosen = [council for place, council in enumerate(councils) if place % 3 != 2]
    for council in chosen:
        AuthorityPolicy.objects.update_or_create(
            authority=council, defaults={"is_on": True, "provider": charity}
        )
    return {council.pk: staff(council, "worker", Role.LOCAL_AUTHORITY).pk for council in chosen}


class _Course:
    """One referral, to the end of the data; the next disappearance before the interview ends it."""

    def __init__(
        self, provider: _Provider, case: Case, chance: random.Random, pages: Pages, authority: int | None
    ) -> None:
        self._provider, self._case, self._authority = provider, case, authority
        self._chance, self._pages = chance, pages
        self._start = case.returned_at or case.reported_at
        self._over = min(provider.end, case.following_at or provider.end)
        self._row: dict[str, object] = {
            "status": "referred",
            "ended_by": "",
            "decline_reason": "",
            "breach": "",
        }
        self._worker = provider.interviewers[case.who.pk % len(provider.interviewers)]

    def write(self) -> None:
        """The referral and what hangs on it."""
        again = self._case.following_at is not None and self._over < self._provider.end
        settled = self._go()
        if again and settled is None:
            self._row |= {
                "status": "missing_again",
                "ended_by": "missing_again",
                "next": self._case.following,
            }
        self._referral()

    def _at(self, name: str, at: datetime, status: str | None) -> bool:
        """Take a step unless the data, or the child's stay, ended before it."""
        if at >= self._over:
            return False
        self._row[name] = at
        if status is not None:
            self._row["status"] = status
        return True

    def _go(self) -> datetime | None:
        """Through the steps; when it was settled, or None where it never was."""
        chance, start = self._chance, self._start
        allocated = start + hours(chance, 0.5, 20)
        if not self._at("allocated", allocated, "allocated"):
            return None
        self._attempts(allocated)
        if not self._at("offered", allocated + hours(chance, 0.5, 24), "offered"):
            return None
        answer = _ANSWERS.by(chance)
        answered = allocated + hours(chance, 24.5, 30)
        if not self._at("answered", answered, answer):
            return None
        if answer != "accepted":
            self._row["decline_reason"] = "cannot_contact" if answer == "unable" else _WHY_NOT.by(chance)
            return self._report(answered)
        return self._hold(answered)

    def _hold(self, answered: datetime) -> datetime | None:
        chance, due = self._chance, interview_due_at(self._start)
        in_time = often(chance, IN_TIME) and answered < due
        held = answered + (due - answered) * chance.random() if in_time else due + hours(chance, 1, 200)
        # Interviews are held by day.
        held = max(held.replace(hour=9 + held.hour % 10), answered + timedelta(minutes=30))
        if not self._at("completed", held, "completed"):
            return None
        if held > due:
            self._row["breach"] = _BREACH.by(chance)
        if often(chance, 0.5):
            self._visit(held)
        self._provider.write_interview(
            self._case, self._worker, self._provider.manager, held, chance, self._pages
        )
        return self._report(held)

    def _report(self, settled: datetime) -> datetime:
        self._row["settled"] = settled
        self._row["report_due"] = report_due_at(settled, nation="ENG")
        reported = settled + hours(self._chance, 4, 110)
        if self._authority is not None and reported < self._provider.end:
            self._row |= {"reported": reported, "status": "reported"}
            closed = reported + hours(self._chance, 20, 90)
            if closed < self._provider.end:
                self._row |= {"status": "closed", "closed": closed}
        return settled

    def _attempts(self, allocated: datetime) -> None:
        at = allocated
        for place in range(self._chance.randrange(1, 4)):
            at += hours(self._chance, 0.2, 8)
            if at >= self._over:
                return
            key, outcome = self._case.key * 4 + place, "arranged" if place else "no_answer"
            self._row.setdefault("first_contact", at)
            self._pages["rhi.ContactAttempt"].add(
                key, self._case.key, at, "call", "carer" if place == 0 else "child", outcome, self._worker,
                at,
                UUID(int=key),
            )  # fmt: skip

    def _visit(self, held: datetime) -> None:
        key, ends = self._case.key, held + timedelta(hours=1)
        self._pages["rhi.Visit"].add_sealed(
            key, reference("RV", key), key, self._worker, held - timedelta(hours=20),
            sealed(self._case.who.address), sealed("The child"), held, ends, "ended", held, ends,
            UUID(int=key),
        )  # fmt: skip

    def _referral(self) -> None:
        case, row, key = self._case, self._row, self._case.key
        referred = self._start + _REFERRED
        by_hand = self._authority is None
        release = (
            None if by_hand else releases.release(case, releases.INTERVIEW, self._copy(referred), self._pages)
        )
        report = self._given() if "reported" in row else None
        last = max(
            at for at in [referred, *row.values()] if isinstance(at, datetime) and at <= self._provider.end
        )
        host = case.host_id if case.host_id != self._authority else None
        self._pages["rhi.Referral"].add_sealed(
            key, reference("RH", key), key, case.age, case.who.is_cared_for, self._authority, host,
            self._provider.charity, "hand" if by_hand else "return",
            self._provider.manager if by_hand else None, referred, release, report, row["status"],
            self._worker if "allocated" in row else None, row.get("allocated"), self._start,
            interview_due_at(self._start), row.get("offered"), row.get("first_contact"), row.get("answered"),
            row.get("answered"), row["decline_reason"], row.get("completed"), row.get("settled"),
            row.get("report_due"), row.get("reported"), row["breach"], row["ended_by"], row.get("next"),
            sealed("Key worker on shift" if case.who.is_cared_for else "Parent"),
            sealed("Ring after four and ask for the carer."),
            sealed("Offered twice; the carer was spoken to.") if "reported" in row and "completed" not in row
            else "", 1, last,
        )  # fmt: skip

    def _copy(self, at: datetime) -> releases.Given:
        who = self._case.who
        content = {"child": f"{who.given} {who.family}".strip() or "Name not known"}
        if who.born:
            content["date_of_birth"] = f"{who.born:%-d %B %Y}"
        return releases.Given(
            "service_request", self._case.force.pk, self._provider.charity, content,
            "Return Home Interview", "public_task", at, desk="rhi_interviewer",
        )  # fmt: skip

    def _given(self) -> int | None:
        """The report to the authority, which mostly says in time that it has it."""
        at, authority = self._row["reported"], self._authority
        if not isinstance(at, datetime) or authority is None:
            return None
        taken = at + hours(self._chance, 1, 84)
        has_it = taken < self._provider.end and often(self._chance, 0.93)
        content = {"outcome": str(self._row["status"]), "summary": "What the authority is to know."}
        given = releases.Given(
            "report", self._provider.charity, authority, content, "Report of a Return Home Interview",
            "public_task", at, author=self._worker, desk="local_authority",
            acknowledge_by=at + ACKNOWLEDGE_WITHIN[ReleaseKind.REPORT],
            source=("rhi.Referral", self._case.key),
            acknowledged_at=taken if has_it else None,
            acknowledged_by=self._provider.arranged[authority] if has_it else None,
        )  # fmt: skip
        return releases.release(self._case, releases.REPORT, given, self._pages)


SERVICE = Service(
    "rhi",
    _sheets,
    _prepare,
    left_out={"rhi.Concern": "Raised where somebody may be forcing a child: people's own judgement."},
    measures=(
        Measure(
            "interviews held within 72 hours, of those held", IN_TIME, 0.05,
            """SELECT avg((completed_at <= due_at)::int), count(*), NULL
            FROM rhi_referral WHERE completed_at IS NOT NULL""", "[78]",
        ),
    ),
)  # fmt: skip
