"""A page of an incident's timeline with and without sight, for an officer of the force whose record it is.

The seeded table holds no timelines, so they are written first: eight entries an incident, and a hundred of
those that are read, one in twelve of them the charity's own. They are written as they happen, all incidents
in turns, so that the entries of one lie apart.
"""

from __future__ import annotations

from django.db import connection

from benchmarks.load import Load, Ready
from benchmarks.visitors import Visitor, sign_in
from benchmarks.walled import GOAL, beside
from foundation.accounts.models import Organisation
from missingcases.models import Incident, TimelineEntry
from missingcases.selectors import timeline_for
from missingcases.selectors.story import story_of

# As the page asks: fifty, one more, and a few of the very moment of a cursor.
SIZE = 71
READ, ENTRIES, BESIDE, MOST = 60, 100, 8, 200_000
_WRITE = """
INSERT INTO missingcases_timelineentry (incident_id, at, kind, summary, audience, organisation_id,
    named_user_ids, user_id, subject_label, subject_id, created_at)
SELECT i.id, now() - make_interval(hours => 200 - turn), 'note.added', 'A note was added.',
    CASE WHEN turn %% 12 = 0 THEN 'charity' WHEN turn %% 3 = 1 THEN 'owner' WHEN turn %% 3 = 2 THEN 'everyone'
         ELSE 'authority' END,
    CASE WHEN turn %% 12 = 0 THEN %(charity)s ELSE i.owner_id END, '{}', %(user)s, '', NULL, now()
FROM generate_series(1, %(entries)s) AS turn
CROSS JOIN (SELECT id, owner_id FROM missingcases_incident WHERE id = ANY(%(read)s) = %(is_read)s
            ORDER BY id DESC LIMIT %(most)s) AS i
ORDER BY turn, md5((i.id * turn)::text)
"""


def _prepare(_rows: int) -> Ready:
    visitor = sign_in()
    incidents = _with_timelines(visitor)

    def walled(incident: Incident) -> list[TimelineEntry]:
        return list(timeline_for(visitor.actor, incident)[:SIZE])

    def bare(incident: Incident) -> list[TimelineEntry]:
        return list(story_of(TimelineEntry.objects.all(), incident)[:SIZE])

    return beside(incidents, walled, bare)


def _with_timelines(visitor: Visitor) -> list[Incident]:
    own = Incident.objects.filter(owner_id=visitor.actor.organisation_id, is_restricted=False)
    incidents = list(own.order_by("-pk")[:READ])
    common = {
        "read": [one.pk for one in incidents],
        "charity": Organisation.objects.get(code="missing-people").pk,
        "user": visitor.user.pk,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        for is_read, entries in ((False, BESIDE // 2), (True, ENTRIES), (False, BESIDE // 2)):
            cursor.execute(_WRITE, common | {"is_read": is_read, "entries": entries})
        cursor.execute("VACUUM (ANALYZE) missingcases_timelineentry")
    return incidents


LOAD = Load("wall_timeline", "timeline, with and without visibility", GOAL, _prepare, rounds=30, writes=True)
