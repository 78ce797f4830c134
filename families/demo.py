"""The demonstration's families: a mother in touch, two parents in conflict, a family long supported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone

from families.models import ContactPoint, ContactRecord, FamilyMember, SupportCase
from families.services import cases, contacts, counselling, members, planning, points, telling, writing
from families.services.cases import CaseDetails
from families.services.contacts import Heard
from families.services.members import MemberDetails
from families.services.telling import Telling
from foundation.actors import Actor
from foundation.messaging import demo as provider
from foundation.past import Agenda, Step
from missingcases.demo import History

WORKER, MANAGER, NIGHT = "charity.family", "charity.manager", "charity.night"
MOTHERS, FATHERS, STEPFATHERS = "+447700900471", "+447700900472", "+447700900473"


class Families:
    """Acts of the workers; cases and members by a key."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.cases: dict[str, SupportCase] = {}
        self.members: dict[str, FamilyMember] = {}
        self.points: dict[str, ContactPoint] = {}

    @property
    def worker(self) -> Actor:
        """The family support worker."""
        return self.history.actor(WORKER)

    def token(self) -> UUID:
        """A form's token, the same in every world."""
        return UUID(int=self.history.chance.getrandbits(128))

    def open(self, key: str, about: str, since: date | None) -> None:
        """A family turns to us."""
        details = CaseDetails(about=about, missing_since=since)
        self.cases[key] = cases.open_case(actor=self.worker, details=details)

    def add(self, case: str, key: str, name: str, relationship: str, **known: str) -> None:
        """Somebody of the family."""
        given = {"consent": "given", "contact_wish": "yes"} | known
        details = MemberDetails(name=name, relationship=relationship, **given)  # type: ignore[arg-type]
        self.members[key] = members.add_member(
            actor=self.worker, case_id=self.cases[case].pk, details=details
        )

    def reach(self, key: str, value: str, kind: str = "sms", unsafe_why: str = "") -> None:
        """A way to reach them."""
        self.points[value] = points.add_point(
            actor=self.worker,
            member_id=self.members[key].pk,
            kind=kind,
            value=value,
            is_preferred=not unsafe_why,
            unsafe_why=unsafe_why,
        )

    def talk(self, case: str, key: str, minutes: int, heard: Heard, direction: str = "in") -> None:
        """A call that has just ended."""
        now = timezone.now()
        contacts.log_contact(
            actor=self.worker,
            case_id=self.cases[case].pk,
            member_id=self.members[key].pk,
            channel="call",
            direction=direction,
            started_at=now - timedelta(minutes=minutes),
            ended_at=now,
            heard=heard,
            form_token=self.token(),
        )

    def tell(self, key: str, words: str) -> None:
        """It is them, and they are told something."""
        actor, member_id = self.worker, self.members[key].pk
        members.check_identity(actor=actor, member_id=member_id, method="code_word", word="Teasel")
        telling.tell(actor=actor, member_id=member_id, telling=Telling(words), form_token=self.token())

    def text(self, key: str, value: str, words: str) -> None:
        """A text that reaches them."""
        row = writing.write_to(
            actor=self.worker,
            member_id=self.members[key].pk,
            point_id=self.points[value].pk,
            words=words,
            form_token=self.token(),
        )
        provider.was_sent(row.message_id or 0)
        provider.was_received(row.message_id or 0)

    def correct(self, key: str, words: str) -> None:
        """An entry is put right."""
        row = ContactRecord.objects.filter(member=self.members[key]).order_by("pk")[0]
        contacts.correct_contact(actor=self.worker, contact_id=row.pk, words=words)


def plan(agenda: Agenda, history: History) -> None:
    """Put the families on the agenda."""
    families, today = Families(history), timezone.localdate()
    for hours, step in (
        *_mother(families, today),
        *_parents(families, today),
        *_ended(families, today),
        *_after(families, today),
    ):
        agenda.ago(step, hours=hours)


def _mother(f: Families, today: date) -> Iterator[tuple[float, Step]]:
    """A mother in touch since three days, with a reply that nobody has read."""
    yield 70, partial(f.open, "mother", "Her daughter Freya", today - timedelta(days=3))
    yield 69.9, partial(f.add, "mother", "helen", "Helen Amberley", "parent", role="next_of_kin")
    yield 69.8, partial(f.reach, "helen", "helen@family.example", "email")
    yield 69.8, partial(f.reach, "helen", MOTHERS)
    yield 69.8, partial(f.add, "mother", "brian", "Brian Cole", "other", consent="refused")
    yield 69.7, partial(f.reach, "brian", STEPFATHERS, unsafe_why="He reads out what comes to this phone.")
    yield 69.6, lambda: members.set_code_word(actor=f.worker, member_id=f.members["helen"].pk, word="Teasel")
    yield 69.5, lambda: planning.begin_plan(actor=f.worker, member_id=f.members["helen"].pk)
    yield (
        69,
        lambda: f.talk(
            "mother",
            "helen",
            35,
            Heard(
                "She has not slept. She does not understand why the police searched her house.",
                feeling="distressed",
                needs=("emotional", "police_role"),
                risk="at_risk",
                risk_words="Alone in the house at night and says that she cannot bear it.",
                call_back_at=timezone.now() + timedelta(hours=71),
            ),
        ),
    )
    yield 45, partial(f.tell, "helen", "The police have looked at the station's cameras and go on looking.")
    yield 44, partial(f.text, "helen", MOTHERS, "Peter from Missing People here. I ring at six, as we said.")
    yield 3, partial(provider.wrote_to_us, MOTHERS, "thank you. can you ring later, my sister is here")
    yield (
        2,
        lambda: counselling.refer(
            actor=f.worker,
            member_id=f.members["helen"].pk,
            to="A counsellor near her",
            agreed="Her name and that somebody is missing",
            has_agreed=True,
        ),
    )


def _parents(f: Families, today: date) -> Iterator[tuple[float, Step]]:
    """Two parents in conflict, and a case narrowed to those whom it names."""
    yield 200, partial(f.open, "parents", "Their son Marek", today - timedelta(days=120))
    yield 199, partial(f.add, "parents", "anna", "Anna Sobol", "parent", role="reporter")
    yield 199, partial(f.reach, "anna", "anna@family.example", "email")
    yield 198, partial(f.add, "parents", "jan", "Jan Sobol", "parent")
    yield 198, partial(f.reach, "jan", FATHERS)
    yield (
        197,
        lambda: members.set_bond(
            actor=f.worker,
            case_id=f.cases["parents"].pk,
            first_id=f.members["anna"].pk,
            second_id=f.members["jan"].pk,
            kind="separated",
            in_conflict=True,
            why="A court has ordered him to keep away from her.",
        ),
    )
    yield (
        196,
        lambda: members.block_party(
            actor=f.worker,
            case_id=f.cases["parents"].pk,
            name="A man who says that he is an uncle",
            number="07700 900474",
            why="The family has no uncle.",
        ),
    )
    yield 195, lambda: f.talk("parents", "anna", 20, Heard("She asks what becomes of his flat.", "calm"))
    yield 194, partial(f.correct, "anna", "She asks what becomes of his car.")
    yield (
        190,
        lambda: cases.narrow_case(
            actor=f.worker, case_id=f.cases["parents"].pk, reason="A colleague lives next door to them."
        ),
    )
    yield (
        189,
        lambda: cases.name_colleague(
            actor=f.worker,
            case_id=f.cases["parents"].pk,
            user_id=f.history.actor(NIGHT).user_id or 0,
            is_kept_out=True,
        ),
    )


def _ended(f: Families, today: date) -> Iterator[tuple[float, Step]]:
    """Support that has ended."""
    yield 900, partial(f.open, "ended", "Her brother Tom", today - timedelta(days=60))
    yield 899, partial(f.add, "ended", "sister", "Ruth Ward", "sibling")
    yield (
        300,
        lambda: cases.close_case(
            actor=f.worker, case_id=f.cases["ended"].pk, reason="He is home, and she wishes no more."
        ),
    )


def _after(f: Families, today: date) -> Iterator[tuple[float, Step]]:
    """A family in aftercare."""
    yield 500, partial(f.open, "after", "Their father Idris", today - timedelta(days=30))
    yield 499, partial(f.add, "after", "wife", "Mair Pugh", "partner")
    yield 400, lambda: cases.begin_aftercare(actor=f.worker, case_id=f.cases["after"].pk)
