"""An alert at each step, and a rehearsal, for the people of the demonstration."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

from alerts import services
from alerts.models import ChildRescueAlert
from foundation.actors import Actor
from missingcases import services as cases
from missingcases.models import Incident
from tests.alerts import making
from tests.alerts.making import Room
from tests.missingcases_pages import world


def alerts_at_each_step(actor: Callable[[str], Actor]) -> None:
    """Proposed; checked; authorised, one with a recorded agreement; agreed; and each way out."""
    officer, supervisor, manager = actor("met.officer"), actor("met.supervisor"), actor("charity.manager")
    second = actor("charity.night")
    superintendent, unit = actor("met.superintendent"), actor("ukmpu.officer")
    room = Room(officer, superintendent, unit, manager, second, second)

    def proposed(name: str) -> ChildRescueAlert:
        return making.proposed(room, _child(officer, supervisor, name))

    _with_picture(room, _child(officer, supervisor, "Ada"))
    making.checked(room, proposed("Ben"))
    making.authorised(room, proposed("Cleo"))
    recorded = making.authorised(room, proposed("Dan"))
    services.record_telephone_agreement(
        actor=second, alert_id=recorded.pk, officer_name="Ned Castle", called_back_on="020 7946 0100"
    )
    making.ready(room, proposed("Edie"))
    declined = proposed("Finn")
    services.decline_alert(actor=superintendent, alert_id=declined.pk, reason="Not in danger.")
    services.call_off(actor=officer, alert_id=proposed("Gwen").pk, cancel_reason="stood_down")
    making.ready(room, making.proposed(room, None))


def _with_picture(room: Room, incident: Incident) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 500), "grey").save(drawn, "JPEG")
    photo = cases.add_photo(
        actor=room.officer, incident_id=incident.pk, content=drawn.getvalue(), alt_text="Ada, smiling"
    )
    shown = making.details(first_name="Ada", alt_text="Ada, a girl with short brown hair")
    making.proposed(room, incident, content=shown, photo_reference=photo.reference)


def _child(officer: Actor, supervisor: Actor, name: str) -> Incident:
    return world.graded(world.reported(officer, name, "Sought"), supervisor)
