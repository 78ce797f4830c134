"""How a force shares its appeals."""

from __future__ import annotations

from typing import Any

from django import forms

from appeals.enums import KINDS_ASKED_FOR, AppealKind, Sharing
from appeals.services import SharingDetails
from foundation.ui.forms import hints
from missingcases.forms.base import CaseEditForm, line, radios, select


class SharingForm(CaseEditForm):
    """What one force decides, or the charity for it."""

    submit_label = "Save"
    sharing = radios(Sharing, "Appeals that the force's systems send, and those of its feed")
    feed_url = line(
        "Address of the force's feed",
        max_length=300,
        help_text="Atom, RSS or JSON, at an address that begins with https:// and opens without a password. "
        "Leave it empty if the force's systems send appeals themselves.",
    )
    kind = select(
        AppealKind, "Kind of appeal, where an item of the feed does not say it", only=dict(KINDS_ASKED_FOR)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sharing"]
        if isinstance(field, forms.ChoiceField):
            hints(
                field,
                {
                    Sharing.OFF: "What a system sends is refused, and the feed is not read.",
                    Sharing.DRAFT: "Each arrives at the charity as a draft: police authorise it and the "
                    "family consents, as for any other.",
                },
            )

    def details(self) -> SharingDetails:
        """What was answered."""
        given = self.cleaned_data
        return SharingDetails(sharing=given["sharing"], kind=given["kind"], feed_url=given["feed_url"])
