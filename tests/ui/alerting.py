"""An alert at each step, and a rehearsal, for the people of the demonstration."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from PIL import Image

from alerts import services
from alerts.audience import services as audience
from alerts.audience.services import lists
from alerts.models import ChildRescueAlert
from foundation.actors import Actor
from missingcases import services as cases
from missingcases.models import Incident
from tests.alerts import making
from tests.alerts.making import Room
from tests.alerts.subscribing import issued, line, phones, rewritten, subscribe
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
    _audience(actor("charity.administrator"))
    _out(room, actor("charity.administrator"), [proposed(name) for name in ("Hana", "Ivo", "Juno")])


def _audience(administrator: Actor) -> None:
    """Somebody who gets rehearsals; a partner's list that was checked, with a bad line."""
    place = making.area()
    audience.add_tester(
        actor=administrator,
        channel="email",
        to="rehearsals@charity.test",
        area_ids=[place.pk],
        language="en",
        consent="Our duty manager, by e-mail",
    )
    lines = (
        "address,place,language,consented_on,consent",
        f"list@people.test,{place.code},en,2025-03-01,Form",
        f"x,{place.code},en,2025-03-01,Form",
    )
    with transaction.atomic():  # checked before a worker hears of it
        row = audience.receive_list(
            actor=administrator,
            partner="A village watch",
            evidence="Their form, and its answers",
            content=io.BytesIO("\n".join(lines).encode()),
        )
        row = lists.run(list_id=row.pk)
    assert (row.status, row.good, row.bad) == ("checked", 1, 1)


def _out(room: Room, administrator: Actor, alerts: list[ChildRescueAlert]) -> None:
    """One that is out, with newer words; one that has ended; one above what one person may spend."""
    line("sms")
    subscribe(phones(3, first=800))
    out, over, dear = (making.ready(room, one) for one in alerts)
    issued(room, out)
    rewritten(room, out)
    issued(room, over)
    services.cancel_alert(actor=room.officer, alert_id=over.pk, cancel_reason="stood_down")
    services.enter_calls(actor=room.officer, alert_id=over.pk, hour=timezone.now(), calls=12)
    services.set_price(actor=administrator, channel="sms", pence=Decimal(5))
    services.set_ceiling(actor=administrator, pence=Decimal(1))
    services.approve_cost(actor=room.second_manager, alert_id=dear.pk, pence=Decimal(10))


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
