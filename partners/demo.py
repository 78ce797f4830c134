"""The demonstration's partners, none of which exists, and referrals at each step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from foundation.accounts.demo import DOMAIN, PARTNER
from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.clock import in_london
from foundation.past import Agenda
from foundation.places.models import Area
from missingcases.agreements import services as agreements
from missingcases.agreements.models import Agreement
from missingcases.demo import History
from missingcases.enums import LawfulBasis, ReleaseKind
from missingcases.models import Incident
from partners import services
from partners.allowed import names_of
from partners.enums import WorksBy
from partners.models import Profile, Referral
from partners.selectors.prefill import prefilled
from partners.services import chasing

MANAGER, SENDER, WORKER = "charity.manager", "met.coordinator", "partner.worker"
# Nobody of a partner by links can sign here.
_OVERRIDE = "They have no account to sign with; the agreement with them is on paper, signed by both."
INSPECTOR = "met.inspector"
_BASES = (LawfulBasis.LEGITIMATE_INTERESTS, LawfulBasis.PUBLIC_TASK, LawfulBasis.SAFEGUARDING)
_WEEKDAYS = tuple((day, time(9), time(17)) for day in range(5))
_EVENINGS = tuple((day, time(17), time(22)) for day in range(7))
Details = dict[str, Any]
# Name, what the directory says. The first is the one whose worker has an account.
PARTNERS: tuple[tuple[str, Details], ...] = (
    (
        PARTNER[2],
        {
            "takes": ("tracing", "lost_contact"),
            "works_by": WorksBy.ACCOUNT,
            "hours": "Office hours; an answering machine at night",
            "opening": _WEEKDAYS,
            "contact_name": "Tracing desk",
            "telephone": "07700 900810",
            "notes": "Asks registers in all four nations. Wants full names and a date of birth.",
        },
    ),
    (
        "Lantern Lost Contact (demonstration)",
        {
            "takes": ("lost_contact", "tracing"),
            "hours": "Tuesday and Thursday evenings, by volunteers",
            "opening": ((1, time(18), time(21)), (3, time(18), time(21))),
            "contact_name": "Volunteers’ rota",
            "telephone": "07700 900811",
            "notes": "Slow to answer in August.",
        },
    ),
    (
        "Saltmarsh Trafficking Support (demonstration)",
        {
            "takes": ("trafficking_support", "legal"),
            "hours": "By day and night, telephone first at night",
            "opening": tuple((day, time(0), time(23, 59)) for day in range(7)),
            "contact_name": "Duty adviser",
            "telephone": "07700 900812",
            "remind_after": 12,
            "escalate_after": 24,
            "return_after": 48,
            "notes": "No first responder: refer to the NRM before or beside this.",
        },
    ),
    (
        "Brackenhall Counselling (demonstration)",
        {
            "takes": ("counselling", "mental_health"),
            "area": "London",
            "hours": "Evenings",
            "opening": _EVENINGS,
            "contact_name": "Intake",
            "telephone": "07700 900813",
        },
    ),
    (
        "Quill Legal Advice (demonstration)",
        {
            "takes": ("legal",),
            "hours": "Office hours",
            "opening": _WEEKDAYS,
            "contact_name": "Guardianship team",
            "telephone": "07700 900814",
            "notes": "Guardianship once somebody is missing for 90 days; presumption of death.",
        },
    ),
)
_TRACING, _LANTERN, _, _COUNSELLING, _ = (name for name, _ in PARTNERS)


class Partnership:
    """The steps, by the keys of `missingcases.demo`."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.referrals: dict[str, int] = {}

    def directory(self) -> None:
        """The charity's manager writes down who takes what."""
        for name, given in PARTNERS:
            details = dict(given)
            area = Area.objects.filter(name=details.pop("area", "")).order_by("pk").first()
            place = Organisation.objects.filter(name=name).first() or Organisation.objects.create(
                kind=OrganisationKind.PARTNER, code=slugify(name)[:60], name=name
            )
            details["email"] = f"referrals.{place.code}@{DOMAIN}"
            services.add_profile(
                actor=self.history.actor(MANAGER),
                organisation_id=place.pk,
                details=services.ProfileDetails(**details, area_ids=(area.pk,) if area else ()),
            )

    def agree(self, ours: str) -> None:
        """Force or charity agrees on sharing with the partner that has an account; both sides sign."""
        profile = Profile.objects.get(organisation__name=_TRACING)
        fields = {name for takes in profile.takes for name in names_of(takes)}
        drafted = agreements.draft_agreement(
            actor=self.history.actor(ours),
            other_id=profile.organisation_id,
            we_send=True,
            details=agreements.AgreementDetails(
                flow=ReleaseKind.PARTNER_REFERRAL,
                purpose="To look for people in registers, and to bring families together again.",
                field_names=sorted(fields),
                lawful_bases=_BASES,
                retention="Until the referral ends, and its outcome for a year",
                contact="Data protection desks of both",
                review_on=in_london(timezone.now()).date() + timedelta(days=365),
            ),
        )
        for who in (ours, WORKER):
            row = Agreement.objects.get(pk=drafted.pk)
            agreements.sign_agreement(
                actor=self.history.actor(who), reference=row.reference, version=row.version
            )

    def refer(self, key: str, name: str, takes: str, more: dict[str, str], why: str) -> None:
        """The coordinator refers somebody, as far as they are missing still."""
        actor = self.history.actor(SENDER)
        incident = Incident.objects.select_related("person", "last_seen_area").get(
            pk=self.history.incidents[key]
        )
        if not incident.is_open:
            return
        profile = Profile.objects.get(organisation__name=name)
        sent = services.refer(
            actor=actor,
            incident_id=incident.pk,
            partner_id=profile.organisation_id,
            takes=takes,
            fields=prefilled(actor, incident, takes) | more,
            lawful_basis="legitimate_interests",
            why=why,
            wishes="The family asks for it; they want to hear first from us.",
            override_reason="" if name == _TRACING else _OVERRIDE,
        )
        self.referrals.setdefault(key, sent.pk)

    def work(self, key: str, verb: Callable[..., object], **given: str) -> None:
        """The partner's worker does something with it, where it was sent."""
        if key in self.referrals:
            verb(actor=self.history.actor(WORKER), referral_id=self.referrals[key], **given)

    def nobody_answers(self, key: str) -> None:
        """The clock goes on."""
        if key in self.referrals and Referral.objects.get(pk=self.referrals[key]).is_open:
            chasing.chase(self.referrals[key], now=timezone.now())


_LOOKED_FOR = {
    "former_areas": "Leeds until 2014, then north London.",
    "description": "Slight, walks with a stick.",
}


def plan(agenda: Agenda, history: History) -> None:
    """Put directory and referrals on the agenda."""
    does = Partnership(history)
    agenda.ago(does.directory, days=85)
    for who in (INSPECTOR, MANAGER):
        agenda.ago(partial(does.agree, who), days=84)
    arthur = partial(does.work, "arthur")
    why = "Twelve weeks without a sign; every line of the force has run out."
    agenda.ago(partial(does.refer, "arthur", _TRACING, "tracing", _LOOKED_FOR, why), days=30)
    agenda.ago(partial(arthur, services.accept, worker="Hugh Barlow, tracing desk"), days=28)
    told = "Electoral rolls and the registers of two nations asked: nothing yet. Scotland answers next week."
    agenda.ago(partial(arthur, services.report_progress, words=told), days=9)
    lost = {"contact_lost": "She rang her brother every Sunday; the last time was in August."}
    agenda.ago(partial(does.refer, "rhona", _LANTERN, "lost_contact", lost, why), days=12)
    for days in (10, 8, 5):
        agenda.ago(partial(does.nobody_answers, "rhona"), days=days)
    agenda.ago(partial(does.refer, "piotr", _TRACING, "tracing", {}, why), hours=20)
    support = {
        "preferred_name": "Joyce Selwyn, his wife",
        "age_band": "About 45",
        "safe_contact": "Texts after six, no messages on the machine.",
        "needs": "Somebody to talk with while she waits.",
    }
    asked = "His wife asked for it on the telephone."
    agenda.ago(partial(does.refer, "arthur", _COUNSELLING, "counselling", support, asked), hours=30)
