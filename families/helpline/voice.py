"""People who turned to the helpline, for whoever asks them how it was (missingcases.voice)."""

from __future__ import annotations

from django.urls import reverse

from families.helpline import selectors
from families.helpline.enums import Caller
from families.helpline.models import HelplineContact
from foundation.actors import Actor
from missingcases.voice.enums import RETURNED, Respondent, Service
from missingcases.voice.sources import Asked, Source

LABEL = HelplineContact._meta.label
_RELATIVES = frozenset({Caller.RELATIVE})


def _find(actor: Actor, reference: str) -> Asked | None:
    return _asked(selectors.contacts_visible_to(actor).filter(reference=reference).first())


def _named(actor: Actor, contact_id: int) -> Asked | None:
    return _asked(selectors.contacts_visible_to(actor).filter(pk=contact_id).first())


def _asked(row: HelplineContact | None) -> Asked | None:
    """They are asked while they talk: what they left to be reached by is no number known to be safe."""
    if row is None:
        return None
    kinds = (Respondent.FAMILY,) if row.caller in _RELATIVES else tuple(Respondent)
    if row.caller == Caller.MISSING_PERSON:
        kinds = tuple(one for one in Respondent if one in RETURNED)
    incident = selectors.linked_incident(row)
    return Asked(
        source=LABEL,
        source_id=row.pk,
        words=f"Contact {row.reference}",
        url=reverse("helpline:contact", args=[row.reference]),
        service=Service.HELPLINE,
        respondents=kinds,
        incident_id=incident.pk if incident else None,
    )


contact_voice = Source("contact", LABEL, _find, _named)
