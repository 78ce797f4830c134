"""Where somebody in the family may be the danger: what the family is told nothing of.

Read by every place where a relative would be told, written to, or asked for consent. It goes by the flags
alone, whatever their sensitivity: a worker who may not see the flag learns that the family is not to be told,
and nothing of why.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from missingcases.enums import ACTIVE_FLAG, FAMILY_MAY_BE_DANGER, FlagStatus
from missingcases.models import Flag, FlagSnapshot, Incident


def kept_from_family(incident_ids: Iterable[int]) -> frozenset[int]:
    """Those of these incidents whose family may be the danger, suspected or confirmed.

    The person's flag as it stands counts, and the incident's snapshot unless the flag was ruled out since.
    """
    asked = frozenset(incident_ids)
    if not asked:
        return frozenset()
    active, kinds = sorted(ACTIVE_FLAG), sorted(FAMILY_MAY_BE_DANGER)
    flags = Flag.objects.filter(kind__in=kinds)
    now = Incident.objects.filter(
        pk__in=asked, person__in=flags.filter(status__in=active).values("person")
    ).values_list("pk", flat=True)
    then = FlagSnapshot.objects.filter(incident__in=asked, kind__in=kinds, status__in=active).exclude(
        incident__person__in=flags.filter(status=FlagStatus.RULED_OUT).values("person")
    )
    return frozenset(now) | frozenset(then.values_list("incident_id", flat=True))


def person_kept_from_family(person_id: int) -> bool:
    """The same of a person where no incident is named."""
    flags = Flag.objects.filter(person_id=person_id, kind__in=sorted(FAMILY_MAY_BE_DANGER))
    return flags.filter(status__in=sorted(ACTIVE_FLAG)).exists()


def family_may_be_danger(person: str) -> Exists:
    """The same as a condition on rows whose `person` (a path to the key) it is about, as the flags stand."""
    flags = Flag.objects.filter(person=OuterRef(person), kind__in=sorted(FAMILY_MAY_BE_DANGER))
    return Exists(flags.filter(status__in=sorted(ACTIVE_FLAG)))
