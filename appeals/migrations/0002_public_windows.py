"""The two views that the public site reads: each row says whether it may be shown at this moment.

A view runs with its owner's rights, so the site's role needs none on incidents, appeals or contents.
"""

from django.db import migrations

_SHOWABLE = """(
    appeal.status = 'live'
    AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
    AND NOT incident.starts_held
    AND (appeal.expires_at IS NULL OR appeal.expires_at > now())
)"""

MAKE = f"""
CREATE VIEW appeals_public_appeal AS
SELECT appeal.id AS appeal_id, appeal.token, appeal.reference, publication.shown, publication.page,
       publication.area_ids, publication.words, appeal.first_live_at AS published_at, publication.content_id,
       {_SHOWABLE} AND EXISTS (
           SELECT FROM appeals_placement placement JOIN appeals_outlet outlet ON outlet.id = placement.outlet_id
           WHERE placement.appeal_id = appeal.id AND placement.status = 'live' AND outlet.channel = 'website'
       ) AS is_live
FROM appeals_publication publication
JOIN appeals_appeal appeal ON appeal.id = publication.appeal_id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
WHERE appeal.first_live_at IS NOT NULL;

CREATE VIEW appeals_public_placement AS
SELECT placement.id AS placement_id, placement.reference, placement.outlet_id, placement.change,
       appeal.token, appeal.reference AS appeal_reference, placement.shown, placement.content_id,
       publication.area_ids, placement.live_at, placement.updated_at, appeal.expires_at,
       placement.embargo_until,
       {_SHOWABLE} AND placement.status = 'live' AS is_live,
       COALESCE(placement.withdraw_from, appeal.withdrawn_at) AS gone_at
FROM appeals_placement placement
JOIN appeals_appeal appeal ON appeal.id = placement.appeal_id
JOIN appeals_publication publication ON publication.appeal_id = appeal.id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
WHERE placement.live_at IS NOT NULL;
"""  # noqa: S608 - the parts are constants of this file
UNDO = """
DROP VIEW appeals_public_placement;
DROP VIEW appeals_public_appeal;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial"), ("missingcases", "0010_queues_read_what_has_not_ended")]

    operations = [migrations.RunSQL(MAKE, UNDO)]
