"""Whom an alert goes to, as SQL that messaging's workers run: id ranges of a bucket, or of an earlier alert.

Each gives (id, recipient_id, "to", to_key) with id > %(after)s and <= %(last)s, at most %(most)s, in order.
What a row says is read when it is claimed, so whoever left or paused meanwhile is not among them. Whether
rehearsals or alerts are meant stands in the texts themselves: no argument leads from one to the other.
"""

from __future__ import annotations

_OF_A_BUCKET = """
SELECT s.id, s.subscriber_id AS recipient_id, s."to", s.to_key
FROM audience_subscription s
WHERE s.bucket_id = (SELECT b.id FROM audience_bucket b WHERE b.id = %(part)s AND {kind})
  AND s.id > %(after)s AND s.id <= %(last)s AND s.status = 'active'
ORDER BY s.id
LIMIT %(most)s
"""
# Who got the earlier one, or may have: and gets alerts still, wherever that person asked for them meanwhile.
_REACHED = """
SELECT d.number AS id, d.recipient_id, d."to", d.to_key
FROM messaging_delivery d
WHERE d.broadcast_id = %(part)s
  AND d.number > %(after)s AND d.number <= %(last)s
  AND d.status IN ('sent', 'delivered', 'unknown', 'sending')
  AND EXISTS (
      SELECT FROM audience_subscription s JOIN audience_bucket b ON b.id = s.bucket_id
      WHERE s.subscriber_id = d.recipient_id AND s.to_key = d.to_key AND s.status = 'active' AND {kind}
  )
ORDER BY d.number
LIMIT %(most)s
"""
AREAS = _OF_A_BUCKET.format(kind="NOT b.is_test")
REHEARSAL = _OF_A_BUCKET.format(kind="b.is_test")
REACHED = _REACHED.format(kind="NOT b.is_test")
REACHED_REHEARSAL = _REACHED.format(kind="b.is_test")
