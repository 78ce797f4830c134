"""The clocks of a force: reviews, calls to the desk, transfers, releases to be acknowledged."""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Least

from missingcases.desk.models import Notice
from missingcases.enums import ReleaseKind, ReleaseStatus, TransferStatus
from missingcases.models import Release, ReviewClock, Transfer
from reports.boards.kinds import NEVER, Clock, Rows
from reports.boards.records import INCIDENTS
from reports.boards.records import RELEASES as RELEASED

_APPROVED = (ReleaseStatus.APPROVED, ReleaseStatus.REVOKED)
_OF_TEAM = Coalesce(F("incident__owner_unit__name"), Value(""))

REVIEWS = Clock(
    key="reviews",
    label="Reviews of incidents",
    means=(
        "Every review of an open incident, from when it was set until it is due. Kept: recorded as done by "
        "then. An incident that ends, or is graded again, before a review is due owes it no longer. The team "
        "is the one that holds the incident now."
    ),
    rows=(
        Rows(
            of=ReviewClock.objects.all,
            due="due_at",
            met=F("done_at"),
            ended=F("stopped_at"),
            started=F("created_at"),
            group=_OF_TEAM,
            force="incident__owner_id",
        ),
    ),
    seen=INCIDENTS,
)
CALLS = Clock(
    key="high-risk-calls",
    label="High-risk calls acknowledged",
    means=(
        "Every call of a force to an incident graded high, from the call until its supervisor is told. Kept: "
        "somebody acknowledged it by then. A call that was replaced before, because the incident was handed "
        "to another force, is owed no longer."
    ),
    rows=(
        Rows(
            of=Notice.objects.all,
            due="escalate_at",
            met=F("acknowledged_at"),
            ended=F("replaced_at"),
            started=F("raised_at"),
            group=_OF_TEAM,
            force="organisation_id",
        ),
    ),
    seen=INCIDENTS,
)
TRANSFERS = Clock(
    key="transfers",
    label="Offered transfers answered",
    means=(
        "Every incident that another force offered, from the offer until the answer is due. Kept: "
        "accepted or declined by then. An offer that was withdrawn before is owed no longer."
    ),
    rows=(
        Rows(
            of=Transfer.objects.all,
            due="answer_by",
            met=Case(When(~Q(status=TransferStatus.WITHDRAWN), then=F("decided_at")), default=NEVER),
            ended=F("decided_at"),
            started=F("offered_at"),
            group=F("from_organisation__name"),
            force="to_organisation_id",
        ),
    ),
    groups="Offered by",
    seen=INCIDENTS,
)
RELEASES = Clock(
    key="releases",
    label="Releases acknowledged",
    means=(
        "Every release to this organisation that asks for an acknowledgement, from the decision to release "
        "until its time by its kind. Kept: acknowledged by then. One that was revoked or expired before is "
        "owed no longer."
    ),
    rows=(
        Rows(
            of=lambda: Release.objects.filter(status__in=_APPROVED),
            due="acknowledge_by",
            met=F("acknowledged_at"),
            ended=Least("revoked_at", "expires_at"),
            started=F("decided_at"),
            group=F("kind"),
            force="to_organisation_id",
            charity="to_organisation_id",
            record="pk",
        ),
    ),
    groups="Kind of release",
    labels=dict(ReleaseKind.choices),
    seen=RELEASED,
)
