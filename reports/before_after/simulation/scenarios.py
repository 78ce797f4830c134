"""The schedules that are simulated: those the method is made for, and those in which it breaks. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.before_after.simulation.process import Habits


@dataclass(frozen=True, slots=True)
class Scenario:
    """A world, and who is referred in it. An effect of 0.7 is incidents after the offer cut by 30%.

    A child is referred at the first return of the period that has at least `threshold` incidents in the
    90 days before it; with `by_worry` only where the child is in bad times, which nobody records. What helps
    the offered helps comparators who are referred by hand. Each world is answered once with each effect.
    """

    name: str
    words: str
    effects: tuple[float, ...] = (1.0,)
    threshold: int = 4
    offered_children: int = 2000
    other_children: int = 4500
    by_worry: bool = False
    by_hand: float = 0.0  # share of what comparators return from afterwards that is referred by hand
    counted_after: float = 1.0  # how much more of what happens is recorded once the service is there
    habits: Habits = field(default_factory=Habits)
    other_habits: Habits = field(default_factory=Habits)


EFFECTS = (1.0, 0.9, 0.7)
_TAIL = Habits(shape=0.25)
MADE_FOR: tuple[Scenario, ...] = (
    Scenario("peak", "referred at the fifth incident in 90 days", EFFECTS),
    Scenario(
        "every", "every return is referred", EFFECTS, threshold=0, offered_children=700, other_children=1500
    ),
    Scenario("tail", "referred at a peak; a heavier tail", EFFECTS, habits=_TAIL, other_habits=_TAIL),
    Scenario(
        "few", "referred at a peak; some 40 children", EFFECTS, offered_children=1000, other_children=2200
    ),
)
# In each the records cannot tell; in all but the last nothing helps.
BREAKS: tuple[Scenario, ...] = (
    Scenario("worry", "referred when workers see bad times that no record shows", threshold=1, by_worry=True),
    Scenario(
        "calmer",
        "elsewhere children go missing half as often",
        other_habits=Habits(mean_rate=0.00045),
        other_children=8000,
    ),
    Scenario("recording", "a fifth more is recorded once the service is there", counted_after=1.2),
    Scenario("hand", "a tenth of comparators' later returns are referred by hand", (0.7,), by_hand=0.1),
)
