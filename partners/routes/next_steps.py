"""What has to be done next on a concern, in words; read from the same table as its ways."""

from __future__ import annotations

from partners.routes.enums import ConcernStatus as S
from partners.routes.enums import Path
from partners.routes.models import Concern

NEXT: dict[tuple[str, str], str] = {
    (Path.CHILD, S.RAISED): "Tell the local authority",
    (Path.CHILD, S.AUTHORITY_TOLD): "Have a first responder refer the child",
    (Path.ADULT, S.RAISED): "Ask for consent",
    (Path.ADULT, S.CONSENTED): "Have a first responder refer them",
    (Path.ADULT, S.NOT_CONSENTED): "Notify without identity",
    (Path.SAFEGUARDING, S.RAISED): "Tell police safeguarding or the Forced Marriage Unit",
    (Path.COUNTER_TERRORISM, S.RAISED): "Tell counter-terrorism liaison",
}


def next_step(concern: Concern) -> str:
    """The next step, or nothing where a responder has it."""
    return NEXT.get((concern.path, concern.status), "")
