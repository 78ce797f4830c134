"""Releases: the words to release as copies, a threat to life, the second person's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django import forms

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clock import london_to_utc
from foundation.ui.forms import DatePartsField
from foundation.ui.reasons import REASON_REQUIRED
from missingcases.enums import Ground, LawfulBasis
from missingcases.forms.base import CaseForm, body_of, leave_out, line, radios, select, words
from missingcases.release_rules import BREAKING_BASES, RULES
from missingcases.services import ReleaseTerms

_COPY = "copy_"


@dataclass(frozen=True, slots=True)
class Copied:
    """One field that may be released: its name, what a person calls it, and what stands there now."""

    name: str
    label: str
    text: str = ""


class ReleaseForm(CaseForm):
    """A release of one kind from any record: each copied field in a box of its own, to be cut or emptied.

    `asked_for` gives what `services.create_release` takes, but actor, kind, source and incident.
    """

    submit_label = "Release it"
    warn_unsaved = True

    to_organisation = forms.ModelChoiceField(
        label="Who is to read it",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose who is to read it"},
    )
    purpose = line(
        "What it is for",
        required=True,
        help_text="They read this.",
        error_messages={"required": "Say what it is for"},
    )
    lawful_basis = select(LawfulBasis, "Lawful basis", error_messages={"required": "Choose the lawful basis"})
    ground = radios(
        Ground,
        "Ground on which confidence is broken",
        error_messages={"required": "Choose the ground on which confidence is broken"},
    )
    wishes = words(
        "What the person wishes",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Recorded apart: a wish is not the lawful basis. They do not read this.",
    )
    reason = words(
        "Why it is released",
        rows=3,
        max_length=2000,
        help_text="Kept with the record. They do not read this.",
        error_messages=REASON_REQUIRED,
    )
    last_day = DatePartsField(
        label="Last day on which they may read it",
        required=False,
        allow_past=False,
        help_text="Empty: until it is taken back.",
    )
    override_reason = words(
        "Why it is released outside a sharing agreement",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Only where no agreement covers it. The data protection officer is shown this.",
    )

    def __init__(self, *args: Any, actor: Actor, kind: str, copied: Sequence[Copied], **kwargs: Any) -> None:
        rule = RULES[kind]
        left_out = [] if rule.needs_ground else ["ground"]
        leave_out(self, *left_out, *([] if rule.needs_agreement else ["override_reason"]))
        vars(self)["base_fields"] = _boxes(copied) | vars(self)["base_fields"]
        super().__init__(*args, **kwargs)
        others: Any = self.fields["to_organisation"]
        kinds = sorted(rule.to_kinds)
        found = Organisation.objects.filter(is_active=True, kind__in=kinds).exclude(pk=body_of(actor))
        others.queryset = found.order_by("name")
        if rule.needs_ground:
            basis: Any = self.fields["lawful_basis"]
            basis.choices = [
                (value, label) for value, label in basis.choices if value in {"", *BREAKING_BASES}
            ]

    def clean(self) -> dict[str, Any]:
        """At least one box holds something."""
        answers = super().clean() or self.cleaned_data
        if not any(text for name, text in answers.items() if name.startswith(_COPY)):
            self.add_error(None, "Write exactly what they are to read in at least one box.")
        return answers

    @staticmethod
    def asked_for(answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers as `services.create_release` takes them."""
        last_day = answers.get("last_day")
        ends = None if last_day is None else london_to_utc(last_day + timedelta(days=1), time())
        copies = {name.removeprefix(_COPY): answers[name] for name in answers if name.startswith(_COPY)}
        return {
            "to_organisation_id": answers["to_organisation"].pk,
            "fields": {name: text for name, text in copies.items() if text},
            **{name: answers[name] for name in ("purpose", "lawful_basis", "reason", "wishes")},
            "terms": ReleaseTerms(
                ground=answers.get("ground", ""),
                override_reason=answers.get("override_reason", ""),
                expires_at=ends,
            ),
        }


def _boxes(copied: Sequence[Copied]) -> dict[str, forms.Field]:
    """A box for each copy, with what stands in the record now."""
    hint = "They read exactly this. Cut what they need not know; empty the box to leave it out."
    return {
        f"{_COPY}{one.name}": words(
            one.label, rows=3, required=False, max_length=5000, help_text=hint, initial=one.text
        )
        for one in copied
    }


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
    lawful_basis = radios(
        LawfulBasis, "Lawful basis", only=BREAKING_BASES, initial=LawfulBasis.VITAL_INTERESTS
    )


class DecideReleaseForm(CaseForm):
    """The second person's yes or no, on one page."""

    submit_label = "Save the decision"

    decision = forms.ChoiceField(
        label="Release this?",
        choices=[("approve", "Yes, release it now"), ("refuse", "No, do not release it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    reason = words("Why", rows=3, max_length=2000, error_messages=REASON_REQUIRED)
