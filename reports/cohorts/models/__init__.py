"""Cohort reviews: a frozen list of incidents, read by two, coded against a code book."""

from reports.cohorts.models.reviews import Case, Code, Decision, Reading, Review
from reports.cohorts.models.wording import BookTheme, BookVersion, CodeBook, ConceptList, ListVersion, Theme

__all__ = [
    "BookTheme",
    "BookVersion",
    "Case",
    "Code",
    "CodeBook",
    "ConceptList",
    "Decision",
    "ListVersion",
    "Reading",
    "Review",
    "Theme",
]
