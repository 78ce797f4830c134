"""The record of an incident and what is kept about it: the owner force, and the child's authority."""

from __future__ import annotations

from foundation.accounts.enums import (
    CHARITY_STAFF,
    HELPLINE,
    INSPECTORS,
    POLICE,
    SUPERINTENDENTS,
    SUPERVISORS,
    Role,
)
from foundation.accounts.models import Organisation, User
from missingcases.models import MissingPerson, Release
from rhi.models import Referral
from tests.walls.matrix.knowing import Known, May

READERS = POLICE | {Role.API_CLIENT}
AUTHORITY = frozenset({Role.LOCAL_AUTHORITY})
ACCOUNTABLE = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
MANAGER = frozenset({Role.CHARITY_MANAGER})
UNIT = frozenset({Role.NATIONAL_UNIT})


def record(incident: str) -> tuple[May, ...]:
    """The record itself: the police of the force it belongs to, and the authorities of the child."""
    return (
        May(f"{incident}.owner", READERS),
        May(f"{incident}.placing_authority", AUTHORITY),
        May(f"{incident}.host_authority", AUTHORITY),
    )


def _of_an_audience() -> tuple[May, ...]:
    shown = {"authority", "everyone"}
    return (
        May("incident.owner", READERS),
        May("incident.placing_authority", AUTHORITY, attribute="audience", values=shown),
        May("incident.host_authority", AUTHORITY, attribute="audience", values=shown),
    )


def _placing(person: MissingPerson) -> Organisation | None:
    incident = person.incidents.exclude(placing_authority=None).first()
    return None if incident is None else incident.placing_authority


def _interviewer(release: Release) -> User | None:
    referral = Referral.objects.filter(release=release).first()
    return None if referral is None else referral.interviewer


OWNERS = (May("incident.owner", READERS),)
# A person belongs to one force. An authority reads of them what stands on its own child's incident.
PERSON = (May("organisation", READERS), May(_placing, AUTHORITY))
OF_A_PERSON = (May("person.organisation", READERS), May(lambda row: _placing(row.person), AUTHORITY))

KNOWN_TO: Known = {
    "missingcases.MissingPerson": PERSON,
    "missingcases.Alias": OF_A_PERSON,
    "missingcases.Phone": OF_A_PERSON,
    "missingcases.Address": OF_A_PERSON,
    "missingcases.Flag": OF_A_PERSON,
    "missingcases.FlagChange": (May("flag.person.organisation", READERS),),
    "missingcases.Incident": (
        May("owner", READERS),
        May("placing_authority", AUTHORITY),
        May("host_authority", AUTHORITY),
    ),
    "missingcases.Reporter": record("incident"),
    "missingcases.LocatedEntry": record("incident"),
    "missingcases.Action": record("incident"),
    "missingcases.PreventionInterview": OWNERS,
    "missingcases.Note": _of_an_audience(),
    "missingcases.Attachment": _of_an_audience(),
    "missingcases.Photo": record("incident"),
    "missingcases.RecordSection": record("incident"),
    "missingcases.RiskAssessment": record("incident"),
    "missingcases.ReviewClock": record("incident"),
    "missingcases.TimelineEntry": _of_an_audience(),
    "missingcases.Transfer": (May("from_organisation", READERS), May("to_organisation", SUPERVISORS)),
    # What was released: both sides' content. Why, and whose wish: the side that wrote it, and its auditor.
    "missingcases.Release": (May("from_organisation", READERS | MANAGER | {Role.AUDITOR}),),
    # Whoever oversees what is released outside an agreement reads why.
    "missingcases.Release.override_reason": (
        May("from_organisation", READERS | MANAGER | {Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
    "missingcases.Release.content": (
        May("from_organisation", READERS | MANAGER),
        May("to_organisation", READERS | CHARITY_STAFF),
        # What a partner was sent with a referral, field by field.
        May("to_organisation", {Role.PARTNER_WORKER}),
        # What a force asks an interview with reaches the interviewer who has the child.
        May("to_organisation", {Role.RHI_INTERVIEWER}, only=_interviewer),
        # What the unit learns by an alert is released to it, field by field (docs/child-rescue-alert.md).
        May("to_organisation", UNIT),
    ),
    "missingcases.Release.purpose": (
        May("from_organisation", READERS | MANAGER | {Role.AUDITOR}),
        May("to_organisation", READERS | CHARITY_STAFF | {Role.AUDITOR, Role.PARTNER_WORKER}),
        May("to_organisation", UNIT),
    ),
    # An agreement is both sides': whoever signs, and whoever answers for it.
    "agreements.Agreement": (
        May("from_organisation", INSPECTORS | MANAGER | ACCOUNTABLE),
        May("to_organisation", INSPECTORS | MANAGER | ACCOUNTABLE),
    ),
    "imports.ImportBatch": (May("organisation", SUPERVISORS | {Role.POLICE_COORDINATOR}),),
    "imports.BadRow": (May("batch.organisation", SUPERVISORS | {Role.POLICE_COORDINATOR}),),
    "merging.PersonMerge": (May("organisation", POLICE),),
    # The asked force reads what was asked; each keeps its own words about an end (ADR 61).
    "links.RecordLink": (May("asking", POLICE), May("asked", POLICE)),
    "search.SavedView": (May("organisation", frozenset(Role), only="owner"),),
    "breakglass.Opening": (May("organisation", MANAGER | INSPECTORS | {Role.AUDITOR}),),
    "subject_access.AccessRequest": (May("organisation", ACCOUNTABLE | MANAGER | SUPERINTENDENTS),),
    "subject_access.AccessItem": (May("request.organisation", ACCOUNTABLE | MANAGER | SUPERINTENDENTS),),
    "retention.LegalHold": (May("organisation", ACCOUNTABLE | MANAGER),),
    # The charity's until it is released; the report that is sent is a release of its own.
    "intelligence.Source": (May("organisation", HELPLINE),),
    "intelligence.Report": (May("organisation", HELPLINE),),
    "intelligence.Line": (May("report.organisation", HELPLINE),),
    "messages_home.MessageHome": (May("charity", HELPLINE | {Role.FAMILY_SUPPORT}),),
}
