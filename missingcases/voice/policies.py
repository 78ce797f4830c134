"""Who asks, who reads words, and who reads figures."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import CHARITY_STAFF, SUPERVISORS, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.enums import OPEN, Outcome
from missingcases.models import Incident
from missingcases.voice.enums import Respondent
from missingcases.voice.states import ASKERS, MANAGERS

OF_THE_FORCE = SUPERVISORS | {Role.POLICE_COORDINATOR}
FIGURE_READERS = CHARITY_STAFF | OF_THE_FORCE
_NOT_ASKER = "The charity's caseworkers, interviewers and family support workers ask."
_NOT_MANAGER = "Only the charity's duty managers read what people wrote."

OPEN_STILL = Refusal("open", "Somebody is still missing. Nobody is asked how it was before they are found.")
DECEASED = Refusal("deceased", "Nobody who has died is asked how it was.")
FAMILY_HAS_NOT_ASKED = Refusal(
    "deceased", "Their relative has died. Ask only if they want to say how it was, and tick that they do."
)


def _of_the_charity(actor: Actor, words: str) -> Refusal | None:
    if actor.organisation_kind != OrganisationKind.CHARITY or actor.user_id is None:
        return Refusal("organisation", words)
    return None


def may_ask(actor: Actor) -> Refusal | None:
    """Ask somebody whether they want to be asked: whoever of the charity spoke with them."""
    return _of_the_charity(actor, _NOT_ASKER) or holds_any(actor, ASKERS, _NOT_ASKER)


def may_be_asked(incident: Incident | None, respondent: str, *, family_asked: bool) -> Refusal | None:
    """Whether this is the time: never while somebody is missing, nor unbidden after a death.

    Asked when somebody says yes, again before a text goes, and of every live invitation each hour. Where no
    incident is known nothing stands against it: whoever asks has just heard their yes.
    """
    if incident is None:
        return None
    rows = Incident.objects.filter(person_id=incident.person_id)
    if rows.filter(status__in=OPEN).exists():
        return OPEN_STILL
    if not rows.filter(outcome=Outcome.LOCATED_DECEASED).exists():
        return None
    if respondent != Respondent.FAMILY:
        return DECEASED
    return None if family_asked else FAMILY_HAS_NOT_ASKED


def may_read_words(actor: Actor) -> Refusal | None:
    """Read what people wrote in their own words."""
    return _of_the_charity(actor, _NOT_MANAGER) or holds_any(actor, MANAGERS, _NOT_MANAGER)


def may_read_figures(actor: Actor) -> Refusal | None:
    """Figures: the charity's staff of every force, a force's supervisors and coordinator of their own."""
    words = "The charity's staff, and a force's supervisors and coordinator, read these figures."
    if actor.user_id is None:
        return Refusal("role", words)
    if actor.organisation_kind == OrganisationKind.CHARITY:
        return holds_any(actor, CHARITY_STAFF, words)
    if actor.organisation_kind == OrganisationKind.POLICE_FORCE:
        return holds_any(actor, OF_THE_FORCE, words)
    return Refusal("organisation", words)
