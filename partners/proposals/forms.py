"""Saying why nobody is referred."""

from __future__ import annotations

from missingcases.forms.base import CaseForm, radios, words
from partners.proposals.enums import WhyNot


class WhyNotForm(CaseForm):
    """Why not, after this review."""

    submit_label = "Keep the reason"

    why = radios(WhyNot, "Why nobody is referred", error_messages={"required": "Choose why not"})
    words = words("More on it", rows=3, required=False, max_length=1000)
