"""The demonstration's handovers: one that both signed, and one that the day shift has still to sign."""

from __future__ import annotations

from families.handover import services
from families.handover.models import Handover
from foundation.past import Agenda
from missingcases.demo import History

NIGHT, DAY = "charity.night", "charity.caseworker"


def plan(agenda: Agenda, history: History) -> None:
    """Put them on the agenda: the night of yesterday, and the one that ends now."""

    def write(note: str) -> None:
        night, day = history.actor(NIGHT), history.actor(DAY)
        begun = services.begin_handover(actor=night, incoming_id=day.user_id or 0)
        saved = services.save_notes(actor=night, handover_id=begun.pk, version=1, note=note, notes={})
        services.sign_out(actor=night, handover_id=begun.pk, seen=saved.version)

    def take() -> None:
        begun = Handover.objects.get(status="signed_out")
        services.sign_in(actor=history.actor(DAY), handover_id=begun.pk, answer="All clear.")

    agenda.ago(lambda: write("A quiet night. The lift is out of order."), minutes=1470)
    agenda.ago(take, minutes=1460)
    agenda.ago(lambda: write("Ring the brother first: he has been awake all night."), minutes=12)
