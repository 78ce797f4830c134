"""Where an analysis stands; what it can say, of whom, and whom it leaves out (domain.md section 6)."""

from django.db.models import TextChoices


class AnalysisStatus(TextChoices):
    """Where an analysis stands. What is done never changes again."""

    WAITING = "waiting", "Waiting to be worked out"
    RUNNING = "running", "Being worked out"
    DONE = "done", "Worked out"
    FAILED = "failed", "Could not be worked out"


# A worker has it, or is to have it.
UNDER_WAY: frozenset[str] = frozenset({AnalysisStatus.WAITING, AnalysisStatus.RUNNING})


class Against(TextChoices):
    """Where the children come from to whom those offered an interview are held."""

    ELSEWHERE = "elsewhere", "Children elsewhere, in the same months, where none is offered"
    EARLIER = "earlier", "Children of the same place, before it was offered"


class Verdict(TextChoices):
    """All that may be concluded. Only the last three come from an interval."""

    TOO_FEW = "too_few", "Too few children to say anything"
    NO_COMPARATORS = "no_comparators", "Nobody to compare with"
    TOO_UNLIKE = "too_unlike", "Too few of the children have anybody like them to compare with"
    TOO_FEW_INCIDENTS = "too_few_incidents", "Too few incidents to tell chance from effect"
    NO_DIFFERENCE = "no_difference", "No difference shown either way"
    FEWER = "fewer", "Fewer incidents than among comparable children"
    MORE = "more", "More incidents than among comparable children"


# Nothing was estimated: no figure of the comparison is shown.
REFUSED: frozenset[str] = frozenset(
    {Verdict.TOO_FEW, Verdict.NO_COMPARATORS, Verdict.TOO_UNLIKE, Verdict.TOO_FEW_INCIDENTS}
)


class Excluded(TextChoices):
    """Why a child is in neither group."""

    NOT_FOLLOWED = "not_followed", "Fewer than 90 days have passed since the return"
    OFFERED_BEFORE = "offered_before", "Was offered an interview in the year before"
    BY_HAND = "by_hand", "Referred by hand: chosen by somebody, not by a rule"
    NOT_A_CHILD = "not_a_child", "Age not known, or 18 or over at the return"
    SCHEME_CHANGED = "scheme_changed", "The force changed its scheme within the windows"
    NOT_AT_RISK = "not_at_risk", "Not at risk on a single day of a window"
    NOBODY_ALIKE = "nobody_alike", "Nobody like them to compare with"
