"""What services contribute to pages that read across them (the shapes: `foundation.contributions`).

A service is named here and nowhere below: taking its lines out leaves a product that still boots.
"""

from __future__ import annotations

from foundation.contributions import (
    HandoverContributor,
    Merge,
    Retention,
    ServiceContributor,
    SubjectAccess,
    TimelineContributor,
    UnderwayContributor,
    WorkContributor,
)
from textsafe import contributions as textsafe

WORK: tuple[WorkContributor, ...] = (textsafe.screening_work, textsafe.conversation_work)
SERVICES_TAB: tuple[ServiceContributor, ...] = (textsafe.service_card,)
TIMELINE: tuple[TimelineContributor, ...] = (textsafe.timeline,)
UNDERWAY: tuple[UnderwayContributor, ...] = (textsafe.underway,)
HANDOVER: tuple[HandoverContributor, ...] = (textsafe.handover,)
MERGE: tuple[Merge, ...] = (*textsafe.MERGE,)
SUBJECT_ACCESS: tuple[SubjectAccess, ...] = (*textsafe.SUBJECT_ACCESS,)
RETENTION: tuple[Retention, ...] = (*textsafe.RETENTION,)
