"""The questions of intelligence reports."""

from missingcases.intelligence.forms.deciding import ApproveForm, OutcomeForm, SearchForm, SendForm
from missingcases.intelligence.forms.writing import (
    ADD,
    LINE_PARTS,
    SUBMIT,
    ConcernForm,
    ReportForm,
    details_of,
)

__all__ = [
    "ADD",
    "LINE_PARTS",
    "SUBMIT",
    "ApproveForm",
    "ConcernForm",
    "OutcomeForm",
    "ReportForm",
    "SearchForm",
    "SendForm",
    "details_of",
]
