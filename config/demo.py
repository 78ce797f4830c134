"""The demonstration's data: which builders `manage.py make_data` runs, in order.

A builder makes what is missing and leaves the rest alone, in its own transaction, and returns a few words
on what there is now. It must be safe to run twice.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from alerts import demo as alerts
from appeals import demo as appeals
from appeals.demo import outlets
from families import demo as families
from families.handover import demo as handover
from families.helpline import demo as helpline
from families.say_something import demo as say_something
from foundation.accounts import demo_people
from foundation.events.services import sweep
from foundation.past import Agenda
from missingcases import demo as incidents
from missingcases.demo import History, answering
from missingcases.demo import releases as sharing
from missingcases.intelligence import demo as intelligence
from missingcases.models import Incident
from missingcases.voice import demo as voice
from missingcases.voice import services as voice_services
from partners import demo as partners
from rhi import demo as interviews
from textsafe import demo as texts

# What each service puts on the agenda beside the incidents.
PLANNERS: tuple[Callable[[Agenda, History], None], ...] = (
    texts.plan,
    appeals.plan,
    alerts.plan,
    helpline.plan,
    intelligence.plan,
    say_something.plan,
    handover.plan,
    sharing.plan,
    interviews.plan,
    families.plan,
    voice.plan,
    partners.plan,
)


@transaction.atomic
def history() -> str:
    """Some weeks of incidents and texts, relative to now: all of it, or nothing where there is any."""
    if not incidents.is_made():
        agenda = Agenda()
        planned = incidents.plan(agenda)
        for plan in PLANNERS:
            plan(agenda, planned)
        agenda.run()
        while sweep():
            pass
        voice_services.end_due(now=timezone.now())
    return f"{Incident.objects.count()} incidents"


BUILDERS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("accounts", demo_people.build),
    ("outlets", outlets.build),
    ("history", history),
    ("answering", answering.build),
)
