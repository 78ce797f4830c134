"""Families supported in made data: who is supported, the log of contacts, what is owed to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from families.deadlines import plan_from
from families.models import (
    ContactPoint,
    ContactRecord,
    FamilyMember,
    FollowUp,
    IdentityCheck,
    SupportCase,
    SupportTask,
)
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.clock import in_london
from foundation.sheets import Sheet, sealed
from missingcases.made.checking import Measure
from missingcases.made.forces import staff
from missingcases.made.frame import Ask, Case, Pages, Service, Writes, hours, often, reference
from missingcases.made.stated import Drawn

# 620 members supported in a year of some 40,000 incidents, of families who miss somebody for half a day.
SUPPORTED, SECOND = 0.0285, 0.32
_LEAST = timedelta(hours=12)
_AFTERCARE = timedelta(days=30)
_ROOM = 16
_RELATIONS = Drawn(
    (
        ("parent", 55.0),
        ("partner", 15.0),
        ("sibling", 12.0),
        ("child", 8.0),
        ("grandparent", 5.0),
        ("friend", 5.0),
    )
)
_FEELINGS = Drawn(
    (("anxious", 40.0), ("distressed", 25.0), ("calm", 20.0), ("angry", 8.0), ("hopeless", 7.0))
)
_NEEDS = ("emotional", "practical", "police_role", "publicity", "media", "counselling", "peer_support")
_SAID = (
    "Talked about the last days. Wants to know what the police do next.",
    "Short call; no news. Will ring again tomorrow.",
    "Explained how appeals work. They would like to think about it.",
    "Very worried at night. Agreed on a time to ring.",
)


@dataclass(frozen=True, slots=True)
class _Team:
    charity: int
    workers: list[int]
    end: datetime


def _sheets() -> Sequence[Sheet]:
    return [
        Sheet(
            SupportCase, "id", "reference", "charity_id", "incident_id", "person_id", "about",
            "missing_since", "status", "contact_person_id", "paused_at", "opened_by_id", "opened_at",
            "closed_at",
        ),
        Sheet(
            FamilyMember, "id", "reference", "case_id", "name", "relationship", "role", "consent",
            "contact_wish", "follow_up_wish", "added_by_id", "added_at",
        ),
        Sheet(
            ContactPoint, "id", "reference", "member_id", "kind", "value", "value_key", "is_preferred",
            "added_by_id", "added_at",
        ),
        Sheet(IdentityCheck, "id", "member_id", "method", "passed", "at", "by_id"),
        Sheet(
            ContactRecord, "id", "reference", "case_id", "member_id", "channel", "direction", "started_at",
            "ended_at", "worker_id", "words", "feeling", "needs", "risk", "recorded_at",
        ),
        Sheet(
            SupportTask, "id", "reference", "case_id", "member_id", "contact_id", "kind", "words",
            "owner_id", "due_at", "status", "made_by_id", "made_at", "ended_at", "ended_by_id",
        ),
        Sheet(FollowUp, "id", "case_id", "member_id", "step", "due_at", "status", "done_at", "done_by_id"),
    ]  # fmt: skip


def _prepare(ask: Ask) -> Writes:
    charity = Organisation.objects.get(kind=OrganisationKind.CHARITY)
    workers = [staff(charity, f"family-worker-{place}", Role.FAMILY_SUPPORT).pk for place in range(1, 5)]
    team = _Team(charity.pk, workers, ask.end)

    def write(case: Case, chance: random.Random, pages: Pages) -> None:
        until = case.ended_at or ask.end
        if until - case.reported_at > _LEAST and not case.is_restricted and often(chance, SUPPORTED):
            _case(team, case, chance, pages)

    return write


def _case(team: _Team, case: Case, chance: random.Random, pages: Pages) -> None:
    opened = case.reported_at + hours(chance, 3, 11)
    over = case.ended_at
    closed = over + _AFTERCARE if over and over + _AFTERCARE < team.end else None
    worker = team.workers[case.key % len(team.workers)]
    pages["families.SupportCase"].add(
        case.key, reference("FS", case.key), team.charity, case.key, case.who.pk,
        case.who.given or "Their relative",
        in_london(case.reported_at).date(), "closed" if closed else "aftercare" if over else "open", worker,
        over if over and not closed else None, worker, opened, closed,
    )  # fmt: skip
    for place in range(2 if often(chance, SECOND) else 1):
        _member(team, case, chance, pages, (place, worker, opened))


def _member(
    team: _Team, case: Case, chance: random.Random, pages: Pages, who: tuple[int, int, datetime]
) -> None:
    place, worker, opened = who
    key, relation = case.key * 2 + place, _RELATIONS.by(chance)
    agreed = "given" if often(chance, 0.9) else "limited"
    pages["families.FamilyMember"].add_sealed(
        key, reference("FM", key), case.key, sealed(relation.title()), relation,
        "next_of_kin" if place == 0 else "other", agreed, "yes", "yes" if often(chance, 0.8) else "no",
        worker,
        opened,
    )  # fmt: skip
    # Drama's numbers are few: no key, so that no relative is taken for another.
    pages["families.ContactPoint"].add_sealed(
        key, reference("FP", key), key, "phone", sealed(f"07700 900{key % 1000:03}"), "", True, worker, opened
    )
    pages["families.IdentityCheck"].add(key, key, "call_back", True, opened, worker)
    _contacts(team, case, chance, pages, (key, worker, opened))
    over = case.ended_at or team.end
    for at_step, (step, due) in enumerate(plan_from(opened, None)[:7]):
        done = due + hours(chance, -2, 12)
        status = "planned" if due >= team.end else "done"
        if due >= over and case.ended_at:
            status = "stopped"
        elif done >= team.end:
            status = "planned"
        held = status == "done"
        pages["families.FollowUp"].add(
            key * 8 + at_step,
            case.key,
            key,
            step,
            due,
            status,
            done if held else None,
            worker if held else None,
        )


def _contacts(
    team: _Team, case: Case, chance: random.Random, pages: Pages, who: tuple[int, int, datetime]
) -> None:
    member, worker, opened = who
    at, until = opened, min((case.ended_at or team.end) + timedelta(days=7), team.end)
    for place in range(_ROOM // 2):
        ends = at + timedelta(minutes=chance.randrange(3, 45))
        if ends >= until:
            return
        key = member * _ROOM + place
        risk = "none" if often(chance, 0.93) else chance.choice(("concern", "at_risk"))
        needs = sorted(chance.sample(_NEEDS, chance.randrange(0, 3)))
        pages["families.ContactRecord"].add_sealed(
            key, reference("FC", key), case.key, member, "call", "out" if place % 3 else "in", at, ends,
            worker,
            sealed(chance.choice(_SAID)), _FEELINGS.by(chance), needs, risk, ends,
        )  # fmt: skip
        if often(chance, 0.3):
            _call_back(team, case, chance, pages, (key, member, worker, ends))
        at += hours(chance, 20, 110)


def _call_back(
    team: _Team, case: Case, chance: random.Random, pages: Pages, what: tuple[int, int, int, datetime]
) -> None:
    contact, member, worker, at = what
    due = at + timedelta(hours=24)
    rung = at + hours(chance, 3, 30)
    done = rung < team.end
    pages["families.SupportTask"].add_sealed(
        contact, reference("FA", contact), case.key, member, contact, "call_back",
        sealed("Ring with what the force says."), worker, due, "done" if done else "open", worker, at,
        rung if done else None, worker if done else None,
    )  # fmt: skip


_WORDS = "Words that a worker chooses for one family; no figure counts them."
SERVICE = Service(
    "families",
    _sheets,
    _prepare,
    left_out={
        "families.CaseAccess": "A case is narrowed by somebody who knows why.",
        "families.MemberBond": _WORDS,
        "families.BlockedParty": _WORDS,
        "families.Told": _WORDS,
        "families.Visit": "Few, and each with a worker's safety: people plan them.",
        "families.Signpost": "Made by the machinery from the day of the case, once it runs.",
        "families.CounsellingReferral": _WORDS,
    },
    measures=(
        Measure(
            "family members supported, of incidents",
            620 / 40_000,
            0.002,
            """SELECT count(*)::float / (SELECT nullif(count(*), 0) FROM missingcases_incident),
            (SELECT count(*) FROM missingcases_incident), NULL FROM families_familymember""",
            "S",
        ),
    ),
)
