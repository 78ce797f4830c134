"""The ways of a concern. Each path has its own: an adult's never tells a name without their consent."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import POLICE, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import Guard, StateTable, Transition
from partners.routes.enums import ConcernStatus as S
from partners.routes.enums import Path
from partners.routes.models import Concern

RULERS_OUT = SUPERVISORS | {Role.POLICE_COORDINATOR}
_SYSTEM = frozenset({Role.SYSTEM})
_ONE_STEP = frozenset({Path.SAFEGUARDING.value, Path.COUNTER_TERRORISM.value})


def of_the_owner(concern: Concern, actor: Actor) -> Refusal | None:
    """The force that holds the incident."""
    if actor.is_system or actor.organisation_id == concern.incident.owner_id:
        return None
    return Refusal("other_organisation", "The force that holds the incident does this.")


def on(*paths: str) -> Guard:
    """A way that these paths alone have."""

    def guard(concern: Concern, actor: Actor) -> Refusal | None:
        if concern.path not in paths:
            return Refusal("other_path", _WHY[concern.path])
        return of_the_owner(concern, actor)

    guard.__name__ = f"on_{'_or_'.join(paths)}"
    return guard


_WHY: dict[str, str] = {
    Path.CHILD: "For a child the local authority is told first, then the referral is made, without consent.",
    Path.ADULT: "An adult is asked first. Without their consent only a notice that names nobody is sent.",
    Path.SAFEGUARDING: "Police safeguarding or the Forced Marriage Unit is told, and nobody of the family.",
    Path.COUNTER_TERRORISM: "Counter-terrorism liaison is told.",
}
CONCERN = StateTable(
    name="routes.Concern",
    states=tuple(S.values),
    initial=(S.RAISED,),
    lock_root="incident",
    transitions=(
        Transition(S.RAISED, S.AUTHORITY_TOLD, POLICE, "route.authority_told", on(Path.CHILD)),
        Transition(S.AUTHORITY_TOLD, S.REFERRED, POLICE, "route.referred", on(Path.CHILD)),
        Transition(S.RAISED, S.CONSENTED, POLICE, "route.consented", on(Path.ADULT)),
        Transition(S.RAISED, S.NOT_CONSENTED, POLICE, "route.not_consented", on(Path.ADULT)),
        # They may come to want it, or take it back before it is sent.
        Transition(S.NOT_CONSENTED, S.CONSENTED, POLICE, "route.consented", on(Path.ADULT)),
        Transition(S.CONSENTED, S.NOT_CONSENTED, POLICE, "route.not_consented", on(Path.ADULT)),
        Transition(S.CONSENTED, S.REFERRED, POLICE, "route.referred", on(Path.ADULT)),
        Transition(S.NOT_CONSENTED, S.NOTIFIED, POLICE, "route.notified", on(Path.ADULT)),
        Transition(S.RAISED, S.REFERRED, POLICE, "route.referred", on(*sorted(_ONE_STEP))),
        *(
            Transition(
                source,
                S.RULED_OUT,
                RULERS_OUT | _SYSTEM,
                "route.ruled_out",
                of_the_owner,
                reason_required=True,
            )
            for source in (S.RAISED, S.AUTHORITY_TOLD, S.CONSENTED, S.NOT_CONSENTED)
        ),
    ),
)
