"""What an answer says in plain words, and what it may not say. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from reports.before_after.compared import FEWEST, Answer, Ratio
from reports.before_after.enums import REFUSED, Verdict
from reports.before_after.results import Result

_WHY_NOT = {
    Verdict.TOO_FEW: f"There are fewer than {FEWEST} children to speak of. Nothing is said, and no figure is "
    "shown: chance alone could make any of them, and they might be recognised.",
    Verdict.NO_COMPARATORS: "There is nobody to compare these children with: no child like them was without "
    "an offer in the time chosen. What they did afterwards they may have done anyway, so nothing is said.",
    Verdict.TOO_UNLIKE: "Fewer than half of the children have anybody like them to be held to. A figure "
    "would speak of other children than those you ask about, so none is given.",
    Verdict.TOO_FEW_INCIDENTS: f"There are fewer than {FEWEST} incidents after the return on one of the two "
    "sides. That is too few to tell an effect from chance, so nothing is said.",
}
CAVEAT = (
    "This holds equal what the records show: age band, sex, looked after, risk, scheme, and how often "
    "and how lately a child had been missing. It cannot hold equal what no record shows. Where children are "
    "chosen because somebody is worried, where places differ in other ways, or where the offer came "
    "together with other help or with better recording, the difference is not the offer’s alone. Comparable "
    "children whom somebody refers by hand later stay in, so a true difference looks smaller than it is."
)
ABOUT = (
    "Children are counted by the intention to offer: everybody to whom an interview was owed, whether they "
    "took it or not. Each is looked at for 90 days before they went missing and 90 days after they came "
    "back; the incident itself is in neither. Days on which they could not go missing are taken off, "
    "with what was reported while they lived in another force’s area."
)


def headline(answer: Answer) -> str:
    """The one sentence that may be quoted."""
    if answer.fair is None:
        return f"{Verdict(answer.verdict).label}. Nothing can be said."
    interval = between(answer.fair)
    if answer.verdict == Verdict.NO_DIFFERENCE:
        return f"No difference shown either way: the records allow anything {interval}."
    way = "fewer" if answer.verdict == Verdict.FEWER else "more"
    share = f"{abs(percent(answer.fair.value))}% {way} incidents than among comparable children"
    return f"{share}; the records allow anything {interval}."


def reading(result: Result) -> list[str]:
    """The answer in sentences, in the order in which they should be read."""
    answer = result.answer
    if answer.verdict in REFUSED:
        return [_WHY_NOT[Verdict(answer.verdict)], *_unattributed(answer)]
    return [*_compared(answer), *_misleading(answer), CAVEAT]


def _unattributed(answer: Answer) -> Iterator[str]:
    if answer.verdict != Verdict.TOO_FEW:
        yield "A plain before and after of these children is not shown: without others it proves nothing."


def _compared(answer: Answer) -> Iterator[str]:
    ours, theirs = answer.offered_side, answer.comparison_side
    if ours is None or theirs is None:
        return
    yield (
        f"In 90 days at risk after the return, {ours.children} children who were to be offered an interview "
        f"went missing {ours.after_rate:.2f} times each, and comparable children who were not "
        f"{theirs.after_rate:.2f} times."
    )
    if answer.verdict == Verdict.NO_DIFFERENCE:
        yield (
            "That is no proof that interviews do nothing. It says that, with so many children, an effect and "
            "none look alike. Interviews are owed whatever this says."
        )


def _misleading(answer: Answer) -> Iterator[str]:
    """What a plain before and after would have said, and why not to say it."""
    if answer.naive is None or answer.anyway is None:
        yield "There are too few incidents before to set a plain before and after beside it."
        return
    yield (
        f"A plain before and after of the same children would say “{change(answer.naive)}”. Comparable "
        f"children to whom no rule offered one changed by themselves: {change(answer.anyway)}. The plain "
        "figure counts that as the work of the interviews, so do not quote it."
    )


def percent(ratio: float) -> int:
    """A rate ratio as a change in whole percent: 0.7 is -30."""
    return round(100 * (ratio - 1))


def change(ratio: Ratio) -> str:
    """A ratio as people say it."""
    points = percent(ratio.value)
    if points == 0:
        return "no change"
    return f"{abs(points)}% {'fewer' if points < 0 else 'more'}"


def between(ratio: Ratio) -> str:
    """An interval as people say it."""
    return f"between {_end(ratio.low)} and {_end(ratio.high)}"


def _end(value: float) -> str:
    points = percent(value)
    if points == 0:
        return "no difference"
    return f"{abs(points)}% {'fewer' if points < 0 else 'more'}"
