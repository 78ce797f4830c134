"""Reading the records into numbers, and the analyses that were kept."""

from reports.before_after.selectors.cohorts import Cohort, Question, cohort
from reports.before_after.selectors.kept import analyses_visible_to, analysis_named

__all__ = ["Cohort", "Question", "analyses_visible_to", "analysis_named", "cohort"]
