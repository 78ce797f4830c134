"""An intelligence report at each step, so that every page of them has something to show."""

from __future__ import annotations

from foundation.actors import Actor
from missingcases.intelligence import services as intelligence
from missingcases.models import Incident
from tests.missingcases.intelligence import making

_WHY = "The agreement is being written, and girls are at risk."


def reports_at_each_step(author: Actor, manager: Actor, officer: Actor, incident: Incident) -> None:
    """Begun, returned, waiting, approved, sent, acknowledged, and with its outcome."""
    given = {"incident_reference": incident.reference}
    making.drafted(author, intelligence.LineDetails("A friend rang: they meet behind the station."), **given)
    back = making.waiting(author, **given)
    intelligence.return_report(actor=manager, reference=back.reference, reason="Leave the shop out.")
    leaking = making.line(original="Ring me on 07700 900555.", sanitised="Ring 07700 900555.")
    making.waiting(author, leaking, **given)
    making.approved(author, manager, **given)
    for step in range(3):
        ready = making.approved(author, manager, making.line(), making.line(), **given)
        intelligence.send_report(actor=manager, reference=ready.reference, override_reason=_WHY)
        if step:
            intelligence.acknowledge_report(actor=officer, reference=ready.reference)
        if step > 1:
            intelligence.give_outcome(
                actor=officer, reference=ready.reference, outcome="useful", words="We spoke to the school."
            )
