"""The demonstration's intelligence reports: one at each step, most of them with the Met."""

from __future__ import annotations

from collections.abc import Callable

from foundation.accounts.models import Organisation
from foundation.past import Agenda
from missingcases.demo import History
from missingcases.intelligence import services
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import LineDetails, ReportDetails

WORKER, MANAGER, OFFICER = "charity.caseworker", "charity.manager", "met.officer"
_WHY = "The agreement with this force is being written, and a child may be at risk."
_VAN = LineDetails(
    "My cousin got in it twice. White van, AB12 CDE, they wait behind the shops on Rye Lane after school.",
    "Girls of 14 and 15 are picked up after school by a white van, AB12 CDE, behind the shops on Rye Lane, "
    "Peckham.",
    2,
    "C",
    "P",
)
_DEX = LineDetails(
    "The one who drives goes by Dex. I know his face, he gave me his number once.",
    "The driver is known as Dex, about 25, with a scar over the left eye.",
    2,
    "A",
    "C",
    "Not to be told to anybody of the family.",
)
_FLAT = LineDetails(
    "They have a flat above the launderette near the station, I slept there, there are always girls.",
    "A flat above a launderette near Croydon station is used at night; several girls have been seen there.",
    2,
    "A",
    "P",
)
_BUS = LineDetails(
    "He said on the phone that he sleeps on the night bus because it is warm.",
    "He is said to spend nights on bus N3.",
    1,
    "A",
    "P",
)
_HEARD = LineDetails("Somebody at the youth club says a shop there sells pills to kids.")


class Reports:
    """Acts on reports, each by a key."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.references: dict[str, str] = {}

    def write(
        self, key: str, *lines: LineDetails, case: str = "", waits: bool = True, **details: object
    ) -> None:
        """Somebody at the charity writes one down."""
        force = {} if case else {"force_id": Organisation.objects.get(code="metropolitan").pk}
        made = services.draft(
            actor=self.history.actor(WORKER),
            lines=lines,
            details=ReportDetails(**{"topic": "cse"} | force | details),  # type: ignore[arg-type]
            origin=Origin.CONVERSATION if case else Origin.STAFF,
            incident_id=self.history.incidents[case] if case else None,
            source_key="demonstration:peckham" if key in {"van", "flat"} else "",
            submit=waits,
        )
        self.references[key] = made.reference

    def act(self, verb: Callable[..., object], key: str, who: str = MANAGER, **given: object) -> None:
        """Any other act on one."""
        verb(actor=self.history.actor(who), reference=self.references[key], **given)

    def send(self, key: str) -> None:
        """Approved by another and sent."""
        self.act(services.approve_report, key)
        self.act(services.send_report, key, override_reason=_WHY)


def plan(agenda: Agenda, history: History) -> None:
    """Put the reports on the agenda."""
    reports = Reports(history)

    def ago(minutes: float, step: Callable[[], object]) -> None:
        agenda.ago(step, minutes=minutes)

    ago(9000, lambda: reports.write("van", _VAN, _DEX, instructions="Ring the duty manager before a visit."))
    ago(8950, lambda: reports.send("van"))
    ago(8800, lambda: reports.act(services.acknowledge_report, "van", OFFICER))
    ago(
        4000,
        lambda: reports.act(
            services.give_outcome,
            "van",
            OFFICER,
            outcome="led_to_action",
            words="The van was stopped and two people were arrested.",
        ),
    )
    ago(600, lambda: reports.write("bus", _BUS, case="freya", topic="whereabouts"))
    ago(580, lambda: reports.send("bus"))
    ago(500, lambda: reports.act(services.acknowledge_report, "bus", "kent.officer"))
    ago(80, lambda: reports.write("flat", _FLAT, urgency="immediate"))
    ago(75, lambda: reports.send("flat"))
    ago(50, lambda: reports.write("waiting", _DEX, case="ewan", topic="cce"))
    ago(45, lambda: reports.write("back", _BUS, topic="whereabouts"))
    ago(
        30,
        lambda: reports.act(
            services.return_report, "back", reason="Leave the bus out: only his sister knows which it is."
        ),
    )
    ago(20, lambda: reports.write("begun", _HEARD, waits=False, topic="other"))
