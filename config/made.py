"""Made data of real size: which services `manage.py make_data --incidents N` writes rows of."""

from __future__ import annotations

from collections.abc import Callable

from alerts.made import SERVICE as ALERTS
from appeals.made import SERVICE as APPEALS
from families.made import SERVICE as FAMILIES
from foundation.accounts.models import User
from missingcases.intelligence.made import SERVICE as INTELLIGENCE
from missingcases.made.checking import Finding, find
from missingcases.made.filling import Made, fill
from missingcases.made.forces import DOMAIN
from missingcases.made.frame import Ask, Service
from missingcases.made.measures import made_a_day
from missingcases.made.service import SERVICE as CORE
from partners.made import SERVICE as PARTNERS
from reports.cells.rebuilding import rebuild
from rhi.made import SERVICE as RHI
from textsafe.made import SERVICE as TEXTSAFE

# Each draws by its own name, so that one that is added or taken away changes nothing of the others.
SERVICES: tuple[Service, ...] = (
    CORE,
    TEXTSAFE,
    APPEALS,
    ALERTS,
    RHI,
    FAMILIES,
    INTELLIGENCE,
    PARTNERS,
)
# What is counted from them by triggers, which are off meanwhile.
COUNTED: tuple[Callable[[], object], ...] = (rebuild,)
# Of apps that no service of the above has for its own.
_ASKED = "Somebody asks for it or decides it, about one person; no figure is made of it."
_RARE = "So rare that none would be among a force's years."
LEFT_OUT: dict[str, str] = {
    "alerts_public.PublicPicture": "A file on disk, made of a picture: made alerts have none.",
    "blind.Candidate": "Found by two lists that two bodies bring themselves.",
    "breakglass.Opening": _ASKED,
    "cap.CapArrival": "A message of another system, frozen as it came: made alerts came from people here.",
    "cap.CapMessage": "A message to other systems, frozen as it was sent: made alerts were sent to nobody.",
    "cap.CapProposal": "A message of another system: made alerts came from people here.",
    "cap.Push": "Of what was sent to other systems: made alerts were sent to nobody.",
    "desk.Notice": "What a duty desk shows at the moment: kept for the living shift and no longer.",
    "handover.Handover": "What one shift wrote for the next, which only people can.",
    "helpline.Concern": "What a helpline worker feared for somebody, in their words.",
    "helpline.ContactLink": "That two helpline contacts are about one person: people say so.",
    "helpline.HelplineContact": "Mostly about nobody whom a force knows: it is no record of an incident.",
    "hooks.Delivery": "Of what a force's own systems were told: made forces have none.",
    "interviews.PhoneCopy": "That an interview is on a phone now: made interviewers have no phones.",
    "links.RecordLink": _ASKED,
    "matching.LikelyPair": "Found by the nightly search for duplicates, once it runs over what is made.",
    "merging.NotTheSame": _ASKED,
    "merging.PersonMerge": "Made duplicates are left as they came in, to be found and merged.",
    "messages_home.MessageHome": _RARE,
    "retention.LegalHold": _ASKED,
    "subject_access.AccessItem": _ASKED,
    "subject_access.AccessRequest": _ASKED,
    "textsafe.TriageItem": "A text of an unknown number, about nobody until it is read.",
    "voice.Answer": "What people say of how they were helped: made people were not.",
    "voice.Invitation": "What people are asked of how they were helped: made people were not.",
}


def make(ask: Ask, *, processes: int = 1) -> Made:
    """A force's or the country's incidents with every service's records, into an empty database.

    Figures are counted anew in the same transaction.
    """
    return fill(ask, SERVICES, processes=processes, before_end=_count_anew)


def _count_anew() -> None:
    for count in COUNTED:
        count()


def is_there() -> bool:
    """Whether this database was filled: then the demonstration's own weeks do not go into it."""
    return User.objects.filter(email__endswith=f".{DOMAIN}").exists()


def check() -> list[Finding]:
    """How what is there is spread, beside what is stated of it."""
    return find([made_a_day(), *(measure for service in SERVICES for measure in service.measures)])
