"""One of what the walls' world has none of: rows that are made by machines, by night, or by others."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from families.helpline.models import HelplineContact, HelplineMail
from families.models import FamilyMember, MemberBond, SupportCase
from families.models import VisitRule as FamilyVisitRule
from foundation.accounts.models import Organisation
from foundation.messaging.models import Attempt, Inbound, Message, RawCallback, Switch
from foundation.single_sign_on.models import EmailDomain, Provider, RoleRule
from missingcases.desk.models import DeskRule
from missingcases.imports.models import BadRow, ImportBatch
from missingcases.models import Alias, PreventionInterview, Transfer
from missingcases.voice.models import Submission
from reports.national.models import CallsTaken
from reports.supported.models import IncidentCost
from rhi.models import InterviewerProfile, Referral, VisitRule
from tests.walls.filled import Filled
from tests.walls.matrix.subscribed import add_subscribers
from tests.walls.people import Founders
from textsafe.models import Veto


def add_what_is_missing(filled: Filled, cast: Founders) -> None:
    """Add it: the words are planted afterwards."""
    incident, now = filled.incident, timezone.now()
    force, charity = cast.officer.organisation, cast.caseworker.organisation
    Alias.objects.create(person=incident.person, name="Also", name_key="also")
    PreventionInterview.objects.create(
        incident=incident,
        held_at=now,
        officer=cast.officer.user,
        mode="in_person",
        seen_in_person=True,
        harm=["none"],
        disclose_location="yes",
        recorded_at=now,
    )
    Transfer.objects.create(
        incident=incident,
        from_organisation=force,
        to_organisation=Organisation.objects.get(code="essex"),
        offered_at=now,
        answer_by=now + timedelta(hours=4),
    )
    BadRow.objects.create(batch=ImportBatch.objects.get(), line=2, column="Name", reason="Because")
    DeskRule.objects.create(organisation=force)
    Veto.objects.create(incident=incident, made_by=cast.supervisor.user, made_at=now, reason="Because")
    _of_the_provider(charity)
    add_subscribers()
    _of_the_machines(force)
    _of_reckoning(cast)
    case = SupportCase.objects.get()
    first, second = case.members.get(), FamilyMember.objects.create(case=case, name="Another", added_at=now)
    MemberBond.objects.create(case=case, first=first, second=second, kind="household", recorded_at=now)


def _of_reckoning(cast: Founders) -> None:
    force, who, now = cast.officer.organisation, cast.officer.user, timezone.now()
    IncidentCost.objects.create(
        organisation=force, least_pounds=1, most_pounds=2, price_year=2015, set_by=who, set_at=now
    )
    CallsTaken.objects.create(force=force, year=2025, calls=9, entered_by=who, entered_at=now)


def _of_the_provider(charity: Organisation) -> None:
    interviewer = Referral.objects.get().interviewer
    InterviewerProfile.objects.create(user=interviewer, organisation=charity, gender="female")
    VisitRule.objects.create(organisation=charity)
    FamilyVisitRule.objects.create(organisation=charity)
    Submission.objects.create(token_hash="0" * 64, form_key=uuid4(), body="{}")
    contact = HelplineContact.objects.all()[0]
    HelplineMail.objects.create(contact=contact, direction="in", at=timezone.now(), inbound_id=987_654)


def _of_the_machines(force: Organisation) -> None:
    now = timezone.now()
    Switch.objects.create(service="alerts", changed_at=now)
    Attempt.objects.create(message=Message.objects.all()[0], number=9, at=now, outcome="failed")
    raw = RawCallback.objects.create(
        provider="twilio", kind="inbound", received_at=now, signature_ok=True, due_at=now
    )
    Inbound.objects.create(raw=raw, provider_id="one", received_at=now, due_at=now, handed_at=now)
    signing = Provider.objects.get(organisation=force)
    EmailDomain.objects.create(provider=signing, name="walls.example")
    RoleRule.objects.create(provider=signing, value="officers", role="police_officer")
