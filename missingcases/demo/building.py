"""How the demonstration's incidents come about: the same verbs people use, each at its own moment."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from foundation.accounts.demo import DOMAIN
from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor
from foundation.past import Agenda
from foundation.places.models import Area
from missingcases import services
from missingcases.demo.cases import FINDINGS, FOUND, OPEN, REASONS, Case
from missingcases.demo.chance import earlier
from missingcases.demo.desk import see_to
from missingcases.demo.special import DESCRIBED, SPECIAL
from missingcases.enums import Audience, FlagStatus, ReviewKind
from missingcases.models import Incident, Phone, ReviewClock

SEED = 20261124
LONG = 300  # hours since the report
# Who records, who decides, and who decides above them, in each force of the demonstration.
STAFF = {
    "metropolitan": ("met.officer", "met.supervisor", "met.inspector"),
    "kent": ("kent.officer", "kent.supervisor", "kent.inspector"),
    "essex": ("essex.inspector", "essex.inspector", "essex.inspector"),
}
_INSPECTORS = frozenset(
    {
        ReviewKind.INSPECTOR,
        ReviewKind.SIGNIFICANT,
        ReviewKind.DAY_28,
        ReviewKind.MONTH_3,
        ReviewKind.MONTH_6,
        ReviewKind.MONTH_12,
    }
)


def is_made() -> bool:
    """Whether the demonstration's incidents are there already."""
    return Incident.objects.filter(cad_reference=_cad(OPEN[0])).exists()


def _cad(case: Case) -> str:
    return f"DEMO-{case.key.upper()}"


def plan(agenda: Agenda) -> History:
    """Put every incident on the agenda and return what the other services plan by."""
    history = History(agenda)
    for case in (*earlier(random.Random(SEED)), *FOUND, *OPEN):  # noqa: S311 - the same world every time
        history.begin(case)
    for hours, step in SPECIAL:
        agenda.ago(partial(step, history), hours=hours)
    return history


class History:
    """Incidents by their key, and the steps that bring them to where they stand."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.chance = random.Random(SEED)  # noqa: S311
        self.cases: list[Case] = []
        self.incidents: dict[str, int] = {}
        self.phones: dict[str, int] = {}
        self.organisations = {row.code: row.pk for row in Organisation.objects.all()}
        self._areas = {key: row.pk for row in Area.objects.order_by("-kind") for key in (row.code, row.name)}
        self._actors: dict[str, Actor] = {}

    def actor(self, mailbox: str) -> Actor:
        """Somebody of the demonstration, by the name before the @."""
        if mailbox not in self._actors:
            user = User.objects.get(email=f"{mailbox}@{DOMAIN}")
            self._actors[mailbox] = actor_for(user, source="demo")
        return self._actors[mailbox]

    def officer(self, case: Case) -> Actor:
        """Who records it."""
        return self.actor(STAFF[case.force][0])

    def decider(self, case: Case) -> Actor:
        """Who grades and closes it."""
        return self.actor(STAFF[case.force][1])

    def begin(self, case: Case) -> None:
        """Put an incident on the agenda, from the report to where it stands."""
        self.cases.append(case)
        reported = self.agenda.now - timedelta(hours=case.hours)
        after = self._after(reported)
        after(0, lambda: self._report(case, reported))
        after(9, lambda: self._detail(case))
        after(12, lambda: self._phone(case))
        after(14, lambda: self._flags(case))
        after(26, lambda: self._grade(case))
        after(65, lambda: self._note(case))
        if case.found is not None:
            self._ending(case, reported + timedelta(hours=case.found))

    def _after(self, start: datetime) -> Callable[[float, Callable[[], object]], bool]:
        return lambda minutes, step: self.agenda.at(start + timedelta(minutes=minutes), step)

    def _report(self, case: Case, reported: datetime) -> None:
        number = len(self.incidents) + 1
        care = self.organisations[case.care] if case.care else None
        report = services.ReportDetails(
            last_seen_at=reported - timedelta(minutes=self.chance.choice((25, 40, 75, 130, 210))),
            last_seen_place=f"{case.place}, {case.borough}" if case.borough not in case.place else case.place,
            last_seen_area_id=self._areas.get(case.borough, self._areas[f"force-{case.force}"]),
            force_reference=f"{case.force[:3].upper()}/{4100 + number}/{reported:%y}",
            cad_reference=_cad(case),
            owner_officer_id=self.officer(case).user_id,
            looked_after="yes" if care else "no" if case.age < 18 else "not_known",
            placing_authority_id=care,
            host_authority_id=care if case.force == "metropolitan" else None,
        )
        known: dict[str, object] = {}
        if case.again:
            earlier_one = Incident.objects.select_related("person").get(pk=self.incidents[case.again])
            known["person_reference"] = earlier_one.person.reference
        else:
            known["person"] = services.PersonDetails(
                given_names=case.given,
                family_name=case.family,
                sex=case.sex,
                date_of_birth=self._born(case.age),
            )
        incident = services.report_incident(
            actor=self.officer(case),
            report=report,
            reporter=services.ReporterDetails(name=case.by[0], relation=case.by[1]),
            **known,  # type: ignore[arg-type]
        )
        self.incidents[case.key] = incident.pk
        see_to(self, case)

    def _born(self, age: int) -> date:
        return (self.agenda.now - timedelta(days=365.25 * age + self.chance.randint(20, 330))).date()

    def _detail(self, case: Case) -> None:
        values = {
            "what_happened": case.told,
            "last_seen_by": case.by[0] or "A friend",
            "out_of_character": "no" if case.again else "yes",
        }
        self._section(case, "circumstances", values)
        if case.key in DESCRIBED:
            self._section(case, "description", DESCRIBED[case.key])

    def _section(self, case: Case, code: str, values: Mapping[str, object]) -> None:
        services.write_section(
            actor=self.officer(case),
            incident_id=self.incidents[case.key],
            code=code,
            values=values,
            version=0,
        )

    def _phone(self, case: Case) -> None:
        if not case.phone:
            return
        owner = Incident.objects.get(pk=self.incidents[case.key]).person_id
        details = services.PhoneDetails(
            number=case.phone, kind="mobile", verified=True, state="with_person", held_by="person"
        )
        if not Phone.objects.filter(person_id=owner).exists():
            services.add_phone(actor=self.officer(case), incident_id=self.incidents[case.key], phone=details)
        self.phones[case.key] = Phone.objects.filter(person_id=owner).latest("pk").pk

    def _flags(self, case: Case) -> None:
        for number, kind in enumerate(case.flags):
            services.set_flag(
                actor=self.officer(case),
                incident_id=self.incidents[case.key],
                kind=kind,
                status=FlagStatus.SUSPECTED if number == 0 else FlagStatus.CONFIRMED,
                source=f"{case.by[1] or 'Reporter'}, when it was reported",
            )

    def _grade(self, case: Case) -> None:
        if not case.risk:
            return
        incident_id = self.incidents[case.key]
        grounds = services.Assessment(
            information=case.told, given_by=case.by[1] or "A friend", rationale=f"Age {case.age}. {case.told}"
        )
        if case.risk == "absent":
            agreed = self.agenda.now + timedelta(minutes=self.chance.choice((20, 55)))
            services.grade_absent(
                actor=self.decider(case), incident_id=incident_id, assessment=grounds, review_agreed_at=agreed
            )
        else:
            services.grade_missing(
                actor=self.decider(case), incident_id=incident_id, level=case.risk, assessment=grounds
            )
        see_to(self, case)
        self._next_review(case)

    def _next_review(self, case: Case) -> None:
        """Hold each review shortly before it is due; a late case's last ones stay undone."""
        clock = self._running(case).order_by("due_at").first()
        if clock is None:
            return
        slack = timedelta(hours=5) if case.late else timedelta(0)
        held = clock.due_at - timedelta(minutes=self.chance.choice((6, 12, 25)))
        # As weeks go by reviews are held less often than the clock asks: that, too, is as it is.
        known_for = timezone.now() - (self.agenda.now - timedelta(hours=case.hours))
        if known_for > timedelta(days=1):
            held = max(held, timezone.now() + timedelta(hours=20 if case.hours < LONG else 170))
        if held <= self.agenda.now - slack:
            self.agenda.at(max(held, timezone.now()), partial(self._review, case))

    def _review(self, case: Case) -> None:
        """Hold whatever is due by now, at once."""
        soon = timezone.now() + timedelta(minutes=30)
        owner = Incident.objects.values_list("owner__code", flat=True).get(pk=self.incidents[case.key])
        for clock in self._running(case).filter(due_at__lte=soon):
            services.complete_review(
                actor=self.actor(STAFF[owner][2 if clock.kind in _INSPECTORS else 1]),
                incident_id=self.incidents[case.key],
                clock_id=clock.pk,
                findings=self.chance.choice(FINDINGS),
                next_steps="Next enquiries as in the plan.",
            )
        self._next_review(case)

    def _running(self, case: Case) -> QuerySet[ReviewClock]:
        return ReviewClock.objects.filter(
            incident_id=self.incidents[case.key], done_at__isnull=True, stopped_at__isnull=True
        )

    def _note(self, case: Case) -> None:
        services.add_note(
            actor=self.officer(case),
            incident_id=self.incidents[case.key],
            audience=Audience.OWNER,
            text=f"Spoke to {case.by[0] or 'the reporter'}. {self.chance.choice(FINDINGS)}",
        )

    def _ending(self, case: Case, found: datetime) -> None:
        after = self._after(found)
        after(0, lambda: self._locate(case))
        after(
            30,
            lambda: services.record_returned(
                actor=self.officer(case), incident_id=self.incidents[case.key], returned_at=timezone.now()
            ),
        )
        if case.stage in {"interviewed", "closed"}:
            after(300, lambda: self._interview(case))
        if case.stage == "closed":
            after(900, lambda: self._close(case))

    def _locate(self, case: Case) -> None:
        services.record_located(
            actor=self.officer(case),
            incident_id=self.incidents[case.key],
            located_at=timezone.now(),
            found_by=case.found_by,
            source="Seen and spoken to by an officer.",
        )

    def _interview(self, case: Case) -> None:
        details = services.InterviewDetails(
            held_at=timezone.now(),
            mode="in_person",
            seen_in_person=True,
            harm=("none",),
            reason_missing=self.chance.choice(REASONS),
            disclose_location=self.chance.choice(("yes", "yes", "safe_and_well_message_only", "no")),
        )
        services.record_prevention_interview(
            actor=self.officer(case), incident_id=self.incidents[case.key], interview=details
        )

    def _close(self, case: Case) -> None:
        harmed = self.chance.random() < 0.04
        ended = services.OutcomeDetails(
            outcome="located_alive",
            found_by=case.found_by,
            harm=("physical_assault",) if harmed else ("none",),
            place_found=self.chance.choice(("home", "home", "friend", "street", "transport")),
            distance_km=Decimal(str(round(min(self.chance.lognormvariate(1.6, 1.1), 300), 1))),
        )
        services.close_incident(actor=self.decider(case), incident_id=self.incidents[case.key], outcome=ended)
