"""Intelligence reports as each side may see them: its writers whole, the force what was released."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from foundation.accounts.enums import POLICE, SUPERVISORS, OrganisationKind, Role
from foundation.accounts.models import User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.contributions import identities_of, narrowed
from foundation.exceptions import NotVisible
from missingcases.desk.selectors import people_to_tell
from missingcases.intelligence import leaks
from missingcases.intelligence.enums import WITH_FORCE, ReportStatus
from missingcases.intelligence.models import Mention, Report
from missingcases.intelligence.states import APPROVERS, DESK, RECEIVERS, WRITERS
from missingcases.intelligence.words import asked
from missingcases.selectors import released_to

SHOWN = 50
_S = ReportStatus
_WITH = ("organisation", "force", "incident", "source", "author", "approved_by", "acknowledged_by")


def written_by(actor: Actor) -> QuerySet[Report]:
    """The reports of the actor's own organisation: all of them for its desk, else the actor's own.

    Not what was drafted from a record that is narrowed to others, as a family may be.
    """
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE or not actor.holds(WRITERS):
        return Report.objects.none()
    rows = Report.objects.filter(organisation_id=actor.organisation_id or 0).select_related(*_WITH)
    for one in narrowed():
        # Whoever approved it goes on answering for it; what was sent is the force's (`received_by`).
        hidden = Q(origin_label=one.label, origin_id__in=one.hidden_from(actor).values("pk"))
        rows = rows.filter(~hidden | Q(origin_id__isnull=True) | Q(approved_by_id=actor.user_id or 0))
    return rows if actor.holds(DESK) else rows.filter(author_id=actor.user_id or 0)


def received_by(actor: Actor) -> QuerySet[Report]:
    """What was sent to the actor's force, as far as they may read its release (`released_to`)."""
    if actor.organisation_kind is not OrganisationKind.POLICE_FORCE or not actor.holds(RECEIVERS):
        return Report.objects.none()
    rows = Report.objects.filter(
        force_id=actor.organisation_id or 0,
        status__in=WITH_FORCE,
        release__in=released_to(actor).order_by().values("pk"),
    )
    return rows.select_related(*_WITH, "release")


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """Whichever side the actor is of; nothing for everybody else."""
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return received_by(actor)
    return written_by(actor)


def report_for(actor: Actor, reference: str) -> Report:
    """One report. Raises `NotVisible`; the caller audits the opening."""
    found = reports_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def with_words(rows: QuerySet[Report], words: str) -> QuerySet[Report]:
    """Of these reports those whose sanitised text has all the words; none where nothing was asked for."""
    keys = asked(words)
    return rows.filter(word_keys__contains=keys) if keys else rows.none()


def to_approve(actor: Actor) -> QuerySet[Report]:
    """What waits for the actor's approval, or was approved and not sent; the most urgent and oldest first."""
    if not actor.holds(APPROVERS):
        return Report.objects.none()
    rows = written_by(actor).filter(status__in=[_S.WAITING, _S.APPROVED])
    return rows.exclude(author_id=actor.user_id).order_by("urgency", "pk")


def to_write(actor: Actor) -> QuerySet[Report]:
    """What the actor themself has to finish or to mend."""
    rows = written_by(actor).filter(author_id=actor.user_id or 0, status__in=[_S.DRAFT, _S.RETURNED])
    return rows.order_by("-status", "pk")


def not_acknowledged(actor: Actor) -> QuerySet[Report]:
    """What waits at the force, the first to be late first: for its readers, and for who sent it."""
    rows = reports_visible_to(actor).filter(status=_S.SENT)
    return rows.order_by("acknowledge_by", "pk")


def about_incident(actor: Actor, incident_id: int) -> QuerySet[Report]:
    """The reports about an incident, or that mention it, as far as the actor may see them, newest first.

    A force is shown those that name its incident to it: the others do not tell it what they are about.
    """
    if actor.organisation_kind is OrganisationKind.POLICE_FORCE:
        return received_by(actor).filter(release__incident_id=incident_id)
    mentioned = Mention.objects.filter(incident_id=incident_id).values("report_id")
    return written_by(actor).filter(Q(incident_id=incident_id) | Q(pk__in=mentioned))


def late(actor: Actor) -> QuerySet[Report]:
    """Of these what should have been acknowledged by now."""
    return not_acknowledged(actor).filter(acknowledge_by__lte=timezone.now())


def without_outcome(actor: Actor) -> QuerySet[Report]:
    """What the actor's force has acknowledged and not said what came of."""
    return received_by(actor).filter(status=_S.ACKNOWLEDGED).order_by("acknowledged_at", "pk")


def of_origin(label: str, record_id: int) -> QuerySet[Report]:
    """The reports raised from one record, for the service whose record it is and that has shown it."""
    return Report.objects.filter(origin_label=label, origin_id=record_id).select_related("force")


def leaks_of(report: Report) -> list[leaks.Leak]:
    """What its sanitised lines repeat of its source's record or of the original text."""
    known = identities_of(report.origin_label, report.origin_id) if report.origin_id else []
    return leaks.leaks_in([(line.original, line.sanitised) for line in report.lines.all()], known)


def to_call(now: datetime, *, most: int) -> list[int]:
    """The reports of which somebody is to be written to by `now`, the longest due first."""
    due = Report.objects.filter(call_at__lte=now).order_by("call_at", "pk")
    return list(due.values_list("pk", flat=True)[:most])


def people_to_call(report: Report) -> list[User]:
    """Whom one that waits is told to: the force's coordinators; late, its supervisors and our approvers."""
    if report.acknowledge_by is None or report.acknowledge_by > timezone.now():
        return _of_force(report, Role.POLICE_COORDINATOR)
    approvers = people_holding(report.organisation_id, APPROVERS).order_by("pk")
    return [*_of_force(report, Role.POLICE_SUPERVISOR), *approvers]


def _of_force(report: Report, role: Role) -> list[User]:
    """The force's people of that role, else whoever ranks above; of an incident only those who see it."""
    force_id = report.force_id or 0
    if report.release is not None and report.release.incident is not None:
        return people_to_tell(report.release.incident, organisation_id=force_id, role=role)
    held = (list(people_holding(force_id, roles).order_by("pk")) for roles in ({role}, SUPERVISORS, POLICE))
    return next(filter(None, held), [])


def figures(*, first: date, last: date, organisation_id: int | None = None) -> dict[str, int]:
    """How many reports were sent in the days `first` to `last`, and what became of them so far.

    Counts alone, by status, outcome and topic: `sent`, `acknowledged`, `in_time`, `outcome_useful`,
    `topic_cse` and so on. For reports; nobody is in them.
    """
    rows = Report.objects.filter(sent_at__date__gte=first, sent_at__date__lte=last)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    whole = rows.aggregate(
        sent=Count("pk"),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
        in_time=Count("pk", filter=Q(acknowledged_at__lte=F("acknowledge_by"))),
    )
    by_outcome = rows.exclude(outcome="").values_list("outcome").annotate(Count("pk")).order_by("outcome")
    by_topic = rows.values_list("topic").annotate(Count("pk")).order_by("topic")
    return (
        whole
        | {f"outcome_{name}": count for name, count in by_outcome}
        | {f"topic_{name}": count for name, count in by_topic}
    )
