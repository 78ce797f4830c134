"""Threat to life: named text to the force, approved by another (domain.md section 8)."""

from __future__ import annotations

from django import forms

from foundation.ui.reasons import REASON_REQUIRED
from missingcases.enums import LawfulBasis
from missingcases.forms.base import CaseForm, radios, words

GROUNDS = frozenset({LawfulBasis.VITAL_INTERESTS, LawfulBasis.SAFEGUARDING, LawfulBasis.LEGAL_OBLIGATION})


class ThreatToLifeForm(CaseForm):
    """Exactly what the force will read, and why confidence is broken."""

    submit_label = "Ask the duty manager"
    submit_style = "warning"
    warn_unsaved = True

    text = words(
        "What the force must know",
        rows=6,
        max_length=4000,
        help_text="The force reads these words and nothing else. Only what is needed to keep somebody alive.",
        error_messages={"required": "Write what the force must know"},
    )
    reason = words(
        "Why life is at risk",
        rows=3,
        max_length=2000,
        help_text="For the duty manager and the record. The force does not read this.",
        error_messages={"required": "Say why life is at risk"},
    )
    wishes = words(
        "What the person wishes",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Recorded apart: a wish is not the lawful basis.",
    )
    lawful_basis = radios(LawfulBasis, "Ground", only=GROUNDS, initial=LawfulBasis.VITAL_INTERESTS)


class DecideReleaseForm(CaseForm):
    """The duty manager's yes or no, on one page."""

    submit_label = "Save the decision"

    decision = forms.ChoiceField(
        label="Release this to the force?",
        choices=[("approve", "Yes, release it now"), ("refuse", "No, do not release it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    reason = words("Why", rows=3, max_length=2000, error_messages=REASON_REQUIRED)
