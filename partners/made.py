"""Referrals to partners in made data: those who stay missing, and support for those who came back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.sheets import Sheet, sealed
from missingcases.made import releases
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, reference
from missingcases.made.stated import Drawn
from partners.deadlines import PROGRESS_WITHIN, clock_of
from partners.enums import OUTCOMES_OF, SEARCHES, Takes, WorksBy
from partners.models import Holding, Profile, Progress, Referral

# Of incidents open for four weeks; of people who came back: adults, children with flags of exploitation.
TRACED, SUPPORTED, PROTECTED = 0.3, 0.004, 0.02
_LONG = timedelta(days=28)
_EXPLOITED = frozenset({"trafficking", "cse", "county_lines"})
_ANSWERS = Drawn((("accepted", 78.0), ("rejected", 12.0), ("unanswered", 10.0)))
_NO = Drawn((("no_capacity", 45.0), ("not_enough", 25.0), ("outside_area", 20.0), ("not_ours", 10.0)))


@dataclass(frozen=True, slots=True)
class _Network:
    charity: int
    sender: int
    partners: dict[str, tuple[int, int, Profile]]
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            Referral, "id", "reference", "incident_id", "takes", "partner_id", "sender_id", "status", "why",
            "lawful_basis", "release_id", "drafted_by_id", "drafted_at", "sent_by_id", "sent_at", "remind_at",
            "reminded_at", "escalate_at", "escalated_at", "return_at", "answered_at", "progress_due_at",
            "ended_at", "accepted_by_id", "reject_reason", "withdraw_reason", "return_reason", "outcome",
            "settled_at", "updated_at",
        ),
        Sheet(Holding, "id", "referral_id", "organisation_id", "user_id", "because", "held_from",
        "held_until"),
        Sheet(Progress, "id", "referral_id", "at", "by_id", "words"),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    network = _Network(
        charity.pk,
        staff(charity, "caseworker", Role.CHARITY_CASEWORKER).pk,
        {takes: _partner(takes) for takes in Takes.values},
        ask.end,
    )

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        asked = _asked(case, chance, ask.end)
        if asked is not None and asked[1] < ask.end and not case.is_restricted:
            _Course(network, case, chance, pages).write(*asked)

    return write


def _partner(takes: str) -> tuple[int, int, Profile]:
    """The made organisation that takes this, somebody who works there, and what it says of itself."""
    code, name = f"made-{takes.replace('_', '-')}", f"Made partner: {Takes(takes).label.lower()}"
    body, _ = Organisation.objects.get_or_create(
        code=code, defaults={"kind": OrganisationKind.PARTNER, "name": name}
    )
    profile, _ = Profile.objects.get_or_create(
        organisation=body,
        defaults={"takes": [takes], "works_by": WorksBy.ACCOUNT, "email": f"{code}@made.example"},
    )
    return body.pk, staff(body, "worker", Role.PARTNER_WORKER).pk, profile


def _asked(case: Case, chance: random.Random, end: datetime) -> tuple[str, datetime] | None:
    """For what somebody is referred and when, if at all."""
    drawn = chance.random()
    if (case.ended_at or end) - case.reported_at > _LONG:
        takes = Takes.TRACING if drawn < TRACED / 2 else Takes.LOST_CONTACT
        return (takes.value, case.reported_at + _LONG + hours(chance, 2, 60)) if drawn < TRACED else None
    if case.returned_at is None:
        return None
    at = case.returned_at + hours(chance, 20, 200)
    kinds = {kind for kind, sure in case.who.flags if sure != "ruled_out"}
    if case.is_child and kinds & _EXPLOITED and drawn < PROTECTED:
        return Takes.TRAFFICKING_SUPPORT.value if "trafficking" in kinds else Takes.COUNSELLING.value, at
    if not case.is_child and "mental_health" in kinds and drawn < SUPPORTED:
        return Takes.MENTAL_HEALTH.value, at
    return (Takes.LEGAL.value, at) if drawn > 0.9995 else None


class _Course:
    """One referral from its draft to where it stands at the end of the data."""

    def __init__(self, network: _Network, case: Case, chance: random.Random, pages: Pages) -> None:
        self._network, self._case, self._chance, self._pages = network, case, chance, pages
        self._holders = 0

    def write(self, takes: str, sent: datetime) -> None:
        """The referral, its release, who held it, and what the partner said."""
        partner, worker, profile = self._network.partners[takes]
        clock = clock_of(
            sent, remind=profile.remind_after, escalate=profile.escalate_after, give_up=profile.return_after
        )
        # A search is over when the person is found.
        stopped = self._case.ended_at if takes in SEARCHES else None
        over = min(stopped or self._network.end, self._network.end)
        drafted = sent - timedelta(minutes=20)
        row = self._answer(takes, sent, clock.return_at, over)
        if row["status"] in ("sent", "accepted", "in_progress") and stopped and stopped < self._network.end:
            row |= {"status": "withdrawn", "withdraw": "stopped", "ended": stopped}
        ended, answered = row.get("ended"), row.get("answered")
        waited = answered or ended or self._network.end
        release = self._release(partner, sent, takes, ended)
        held = row["status"] in ("accepted", "in_progress", "completed")
        self._pages["partners.Referral"].add_sealed(
            self._case.key, reference("PR", self._case.key), self._case.key, takes, partner,
            self._network.charity, row["status"], sealed("Enquiries and reviews have not led further."),
            "legitimate_interests", release, self._network.sender, drafted, self._network.sender, sent,
            clock.remind_at, clock.remind_at if clock.remind_at < waited else None, clock.escalate_at,
            clock.escalate_at if clock.escalate_at < waited else None, clock.return_at, answered,
            self._network.end + PROGRESS_WITHIN / 2 if held and not ended else None, ended,
            worker if held else None, row.get("reject", ""), row.get("withdraw", ""), row.get("returned", ""),
            row.get("outcome", ""), ended, ended or answered or sent,
        )  # fmt: skip
        self._held(row, partner, worker, drafted)

    def _answer(self, takes: str, sent: datetime, returns: datetime, over: datetime) -> dict[str, Any]:
        chance, answer = self._chance, _ANSWERS.by(self._chance)
        if answer == "unanswered":
            gone = returns < over
            return (
                {"status": "returned", "returned": "unanswered", "ended": returns}
                if gone
                else {"status": "sent"}
            )
        answered = sent + hours(chance, 2, 110)
        if answered >= over:
            return {"status": "sent"}
        if answer == "rejected":
            return {"status": "rejected", "reject": _NO.by(chance), "answered": answered, "ended": answered}
        finished = answered + hours(chance, 24 * 5, 24 * 120)
        row = {"status": "accepted", "answered": answered}
        if finished < over:
            outcome = chance.choice(OUTCOMES_OF[takes]).value
            return row | {"status": "completed", "outcome": outcome, "ended": finished}
        return row | {"status": "in_progress" if answered + timedelta(days=2) < over else "accepted"}

    def _release(self, partner: int, sent: datetime, takes: str, ended: datetime | None) -> int:
        who = self._case.who
        content = {
            "name": f"{who.given} {who.family}".strip() or "Name not known",
            "missing_since": f"{self._case.last_seen_at:%-d %B %Y}",
        }
        given = releases.Given(
            "partner_referral", self._network.charity, partner, content,
            f"Referral: {Takes(takes).label.lower()}",
            "legitimate_interests", sent, author=self._network.sender, source=("partners.Referral",
            self._case.key),
            revoked_at=ended,
        )  # fmt: skip
        return releases.release(self._case, releases.PARTNER, given, self._pages)

    def _held(self, row: dict[str, Any], partner: int, worker: int, drafted: datetime) -> None:
        answered, ended, status = row.get("answered"), row.get("ended"), row["status"]
        taken = answered if status not in ("rejected", "sent") else None
        self._holding(self._network.charity, self._network.sender, "written", drafted, taken or ended)
        if taken:
            self._holding(partner, worker, "accepted", taken, ended)
            self._progress(worker, taken, ended or self._network.end)
        if ended:
            self._holding(self._network.charity, self._network.sender, status, ended, None)

    def _holding(self, body: int, user: int, why: str, since: datetime, until: datetime | None) -> None:
        key, self._holders = self._case.key * 4 + self._holders, self._holders + 1
        self._pages["partners.Holding"].add(key, self._case.key, body, user, why, since, until)

    def _progress(self, worker: int, taken: datetime, until: datetime) -> None:
        at, place = taken + timedelta(days=10), 0
        while at < until and place < 8:
            words = sealed("Records looked at; two leads followed.")
            self._pages["partners.Progress"].add_sealed(
                self._case.key * 8 + place, self._case.key, at, worker, words
            )
            at, place = at + timedelta(days=25), place + 1


_LINK = "An address in an e-mail: made partners work by accounts."
SERVICE = Service(
    "partners",
    _sheets,
    _prepare,
    left_out={
        "partners.Link": _LINK,
        "partners.LinkCode": _LINK,
        "partners.LinkSession": _LINK,
        "proposals.NotReferred": "Why somebody was not referred at a review: a coordinator's own words.",
        "routes.Concern": "A concern of trafficking or marriage by force: each step is somebody's decision.",
    },
)
