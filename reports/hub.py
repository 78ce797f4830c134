"""What the page of figures leads to: one line for each, offered to the roles that its page lets in.

To add a page: one `Place` here, in the order in which it should be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import Role
from foundation.actors import Actor
from reports.cohorts.states import REVIEWERS
from reports.policies import NATIONAL, OF_A_FORCE, READERS


@dataclass(frozen=True, slots=True)
class Place:
    """A page, the name of its address, who is offered it, and what it is for in one line."""

    label: str
    url_name: str
    roles: frozenset[Role]
    purpose: str

    def admits(self, actor: Actor) -> bool:
        """Whether it is offered."""
        return actor.user_id is not None and actor.holds(self.roles)


PLACES: tuple[Place, ...] = (
    Place(
        "Partnership report",
        "reports:partnership",
        READERS,
        "Every figure for a force, an area and a period, beside the periods before and what was published.",
    ),
    Place(
        "Frozen reports",
        "reports:snapshots",
        READERS,
        "Reports kept to the digit, where each was published, and what reads otherwise now.",
    ),
    Place(
        "Clocks kept and missed",
        "boards:board",
        READERS,
        "Reviews, interviews, replies, takedowns and acknowledgements: in time or late, by team and week.",
    ),
    Place(
        "Closures supported",
        "supported:closures",
        READERS,
        "Incidents closed that a service had helped, by service, and what such incidents cost.",
    ),
    Place(
        "National annual return",
        "national:annual",
        OF_A_FORCE | NATIONAL,
        "The tables of a year from April, and what is missing before they are sent.",
    ),
    Place(
        "Learning review",
        "learning:review",
        OF_A_FORCE | NATIONAL,
        "Fatal and serious outcomes beside the risk at each grading, and absences that were later upgraded.",
    ),
    Place(
        "Does it help?",
        "before_after:list",
        READERS,
        "Whether children go missing less after an interview was offered, told fairly or not at all.",
    ),
    Place(
        "Cohort reviews",
        "cohorts:reviews",
        REVIEWERS,
        "Choose incidents, look for words in their notes, and have two people read and code each case.",
    ),
    Place(
        "Patterns",
        "patterns:overview",
        frozenset({Role.POLICE_COORDINATOR}),
        "Places, hours and people that appear in the records of several incidents of your force.",
    ),
    Place(
        "How it was",
        "voice:figures",
        OF_A_FORCE,
        "What people who were found, and families, answered when they were asked how it was for them.",
    ),
)

READERS_OF_THE_HUB: frozenset[Role] = frozenset().union(*(place.roles for place in PLACES))
