"""The audience that messaging itself knows: whoever an earlier broadcast reached."""

from __future__ import annotations

from foundation.messaging.types import Audience

# A part is the earlier broadcast, an id the number of its delivery there. One that is on its way counts as
# reached: nobody can say any more that it was not.
_REACHED = """
SELECT delivery.number, delivery.recipient_id, delivery."to", delivery.to_key
FROM messaging_delivery delivery
WHERE delivery.broadcast_id = %(part)s AND delivery.number > %(after)s AND delivery.number <= %(last)s
AND delivery.status IN ('sent', 'delivered', 'unknown', 'sending') {only}
ORDER BY delivery.number LIMIT %(most)s
"""


def reached(name: str, *, only: str = "") -> Audience:
    """Whoever an earlier broadcast reached, as an audience of that name.

    `only` is SQL about `delivery` that says who of them is still written to, such as
    ``EXISTS (SELECT FROM subscription s WHERE s.id = delivery.number AND s.status = 'active')``.
    """
    return Audience(name, _REACHED.format(only=f"AND {only}" if only else ""))
