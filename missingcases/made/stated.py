"""The distributions that made data follow: domain.md section 9, as data. Pure.

Those marked (G) are its line "Generator (P)"; where it says less than a draw needs, the rest is ours (O).
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate

# UK 2023/24: about 330,000 incidents a year. London: 110 a day (G).
UK_A_DAY = 330_000 / 365
LONDON_A_DAY = 110.0
CHILDREN = 0.64  # of incidents, (G)
CARED_FOR = 0.34  # of children's incidents: one child in ten in care, some six times a year each [64]
# Incidents a year of each person who has any [64].
A_YEAR = {"adult": 1.3, "child": 2.9, "cared": 6.0}
# Hours missing: (until, share in a hundred). Children, then adults (G).
HOURS = {
    True: ((8, 43.0), (16, 20.0), (24, 16.0), (48, 11.0), (168, 8.3), (672, 1.4), (9000, 0.3)),
    False: ((8, 46.0), (16, 17.0), (24, 13.0), (48, 10.0), (168, 11.0), (672, 2.3), (20_000, 0.7)),
}
RISKS = (("no_apparent", 10.0), ("low", 13.0), ("medium", 63.0), ("high", 14.0))  # (G)
# Own return 45, police 30, family or carer 15, other 10 (G).
FINDERS = (
    ("own_return", 45.0), ("police", 30.0), ("family_friend", 8.0), ("carer", 7.0), ("member_of_public", 5.0),
    ("other_agency", 2.0), ("unknown", 1.5), ("self_contact", 1.0), ("charity", 0.5),
)  # fmt: skip
# 96% safe, 3.3% harmed, 0.3% sexual, 0.4% dead [72]; the dead are drawn by the risk below.
HARMS = (
    ("none", 963.0), ("physical_assault", 8.0), ("self_harm", 7.0), ("substance", 6.0),
    ("accident_injury", 4.0), ("criminal_exploitation", 3.0), ("victim_theft", 2.0), ("exposure", 2.0),
    ("suicide_attempt", 1.0), ("sexual_offence", 2.0), ("sexual_exploitation", 1.0),
)  # fmt: skip
SEXUAL = ("sexual_offence", "sexual_exploitation")
# Deaths by the risk at the last grading: 0.4% of all, and some of every grading (the response).
DEATHS = {"no_apparent": 0.0008, "low": 0.0012, "medium": 0.0028, "high": 0.0145}
DEATH_TYPES = (
    ("suicide", 40.0), ("accident", 25.0), ("natural", 20.0), ("undetermined", 12.0), ("homicide", 3.0),
)  # fmt: skip
OUTCOMES = (
    ("located_alive", 947.0), ("located_hospital", 30.0), ("located_custody", 20.0), ("located_abroad", 3.0),
)  # fmt: skip
PLACES = (
    ("home", 40.0), ("friend", 20.0), ("street", 18.0), ("transport", 10.0), ("open_land", 3.0),
    ("other", 5.0), ("not_known", 4.0),
)  # fmt: skip
MEDIAN_KM = 5.0  # lognormal (G)
# Reports by the London hour: few at dawn, most in the evening (G: evening peak).
BY_HOUR = (4, 3, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 6, 6, 6, 7, 7, 8, 8, 6)
EVENING = range(17, 24)
# Of first repeats more than half within four weeks [51].
SOON = 28
# (O) How often somebody is missing again, as a gamma of chances: shape, mean. The tail is heavy.
AGAIN = {"adult": (0.3, 0.35), "child": (0.16, 1.7), "cared": (0.36, 8.4)}
# (O) Days until the next time: mostly soon, else later.
SOON_SHARE, SOON_MEAN, LATER_MEAN = 0.55, 10.0, 110.0
# (O) From so many times on the intervals are shorter.
OFTEN_FROM = 8
CANCELLED, RESTRICTED, TRANSFERRED = 0.02, 0.002, 0.012
# (O) Births: not known at all, and of a thought age.
BIRTH_UNKNOWN, BIRTH_THOUGHT = 0.015, 0.045
# (O) Dirty data: records that repeat another's, and what is wrong in a name.
COPIED, NO_GIVEN, NO_FAMILY, SPACED, SHOUTED = 0.015, 0.02, 0.01, 0.01, 0.01
ETHNICITY = (
    ("W1", 58.0), ("W2", 1.0), ("W3", 0.7), ("W9", 6.0), ("M1", 4.0), ("M2", 1.5), ("M3", 1.3), ("M9", 2.5),
    ("A1", 1.5), ("A2", 2.5), ("A3", 1.8), ("A4", 0.5), ("A9", 2.2), ("B1", 3.5), ("B2", 6.0), ("B9", 2.0),
    ("O2", 1.0), ("O9", 2.0), ("NS", 2.0),
)  # fmt: skip
# (O) Flags by kind of person: the response's 26 and 12 of 261 children, and up to 80% of adults.
FLAGS = {
    True: (
        ("gang", 0.10), ("cse", 0.046), ("county_lines", 0.05), ("online_exploitation", 0.03),
        ("mental_health", 0.18), ("drugs_alcohol", 0.08), ("trafficking", 0.008), ("victim_of_crime", 0.04),
        ("uasc", 0.01),
    ),
    False: (
        ("mental_health", 0.72), ("suicide", 0.12), ("dementia", 0.06), ("drugs_alcohol", 0.15),
        ("domestic_abuse", 0.06), ("medication_critical", 0.03), ("trafficking", 0.004),
    ),
}  # fmt: skip


class Drawn:
    """Draws from (value, weight) pairs, quickly."""

    def __init__(self, pairs: Sequence[tuple[str, float]]) -> None:
        self._values = [value for value, _ in pairs]
        self._weights = list(accumulate(weight for _, weight in pairs))
        self._total = self._weights[-1]

    def by(self, chance: random.Random) -> str:
        """One value."""
        return self._values[bisect(self._weights, chance.random() * self._total)]
