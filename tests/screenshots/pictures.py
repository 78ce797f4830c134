"""The pictures of the guides: who sees them, and the way there by the words on the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "guides" / "images"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture. `start` is an address, `{family name}` in it the reference of their latest incident.

    `typed` are questions and what is written there, `clicks` the words of links and buttons, pressed one
    after another once that is written. It is cut off at `height`.
    """

    name: str
    mailbox: str
    start: str = "/"
    clicks: tuple[str, ...] = ()
    height: int = 1100
    typed: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """Its name under `docs/guides/images/`."""
        return f"{self.name}.png"


PICTURES: tuple[Picture, ...] = (
    Picture("officer-work", "met.officer"),
    Picture("officer-desk", "met.officer", clicks=("Duty desk",)),
    Picture(
        "officer-report",
        "met.officer",
        "/incidents/new/",
        ("Look for earlier records",),
        typed=(("Given names", "Lea"), ("Family name", "Underwod")),
    ),
    Picture("officer-choose", "met.officer", clicks=("TextSafe",), height=800),
    Picture("officer-ask", "met.officer", "/incidents/{farrant}/", ("Send a TextSafe",), 1300),
    Picture("officer-standing", "met.officer", "/incidents/{underwood}/services/", ("TextSafe TS-",)),
    Picture("officer-found", "met.officer", "/incidents/{penhallow}/", ("Record as found",)),
    Picture("officer-alert", "met.officer", "/incidents/{underwood}/services/", ("Propose an alert",), 1500),
    Picture("supervisor-work", "met.supervisor"),
    Picture("supervisor-grade", "met.supervisor", clicks=("Grade Billy Trask",)),
    Picture("supervisor-close", "met.supervisor", clicks=("Close ", "Close")),
    Picture("inspector-automatic", "met.inspector", "/textsafe/automatic/own/"),
    Picture("coordinator-incidents", "met.coordinator", clicks=("Incidents",)),
    Picture("coordinator-timeline", "met.coordinator", "/incidents/{underwood}/", ("Timeline",)),
    Picture(
        "coordinator-search",
        "met.coordinator",
        "/search/",
        ("Search",),
        typed=(("Name or reference", "Underwood"),),
    ),
    Picture("caseworker-work", "charity.caseworker"),
    Picture("caseworker-queue", "charity.caseworker", clicks=("All requests to screen",)),
    Picture("caseworker-screen", "charity.caseworker", clicks=("Screen TextSafe request",), height=1300),
    Picture("caseworker-conversation", "charity.caseworker", clicks=("Answer ",)),
    Picture("manager-work", "charity.manager"),
    Picture("manager-concerns", "charity.manager", clicks=("TextSafe", "Concerns")),
    Picture("manager-concern", "charity.manager", clicks=("Concern ",), height=1300),
    Picture("manager-switch", "charity.manager", clicks=("TextSafe", "Stop switch")),
    Picture("manager-status", "charity.manager", clicks=("Status",)),
    Picture("manager-alert", "charity.manager", "/alerts/past/", ("CR-", "eport"), 1400),
    Picture("national-alert", "ukmpu.officer", "/alerts/past/", ("CR-",), 1400),
    Picture("authority-work", "lambeth.worker"),
    Picture("authority-incident", "lambeth.worker", "/incidents/{underwood}/"),
    Picture("national-incidents", "ukmpu.officer", clicks=("Incidents",)),
    Picture("auditor-newest", "charity.auditor", clicks=("Audit",), height=900),
    Picture("auditor-outside", "charity.auditor", "/audit/", ("Outside own work",), 900),
    Picture("administrator-people", "met.administrator", "/administration/", ("People",)),
    Picture("administrator-invite", "met.administrator", "/administration/", ("People", "Invite somebody")),
    Picture("administrator-rules", "met.administrator", "/administration/", ("Rules",), 900),
    Picture(
        "administrator-systems",
        "met.administrator",
        "/administration/",
        ("API clients", "Let a system in"),
        1000,
    ),
    Picture("partner-list", "partner.worker", "/partners/"),
    Picture("partner-referral", "partner.worker", "/partners/?show=running", ("PR-",), 1300),
    Picture("coordinator-partners", "met.coordinator", "/partners/?show=all"),
    Picture("coordinator-partner", "met.coordinator", "/partners/?show=back", ("PR-",), 1100),
    Picture("publicity-appeals", "charity.publicity", "/appeals/?show=live", height=900),
    Picture("publicity-missing", "charity.publicity", "/appeals/?show=check", ("AP-",), 1300),
    Picture(
        "publicity-content", "charity.publicity", "/appeals/?show=check", ("AP-", "Write the content"), 1300
    ),
    Picture(
        "publicity-preview",
        "charity.publicity",
        "/appeals/?show=live",
        ("AP-", "Preview as each channel shows it"),
        1300,
    ),
    Picture(
        "publicity-ledger", "charity.publicity", "/appeals/?show=ended", ("AP-", "Takedown ledger"), 1300
    ),
    Picture("publicity-sighting", "charity.publicity", "/sightings/", ("SI-",), 1300),
    Picture("publicity-outlets", "charity.publicity", "/appeals/outlets/"),
    Picture("coordinator-sighting", "met.coordinator", "/sightings/", ("SI-",), 1300),
    Picture("coordinator-intelligence", "met.coordinator", "/intelligence/", ("IR-",), 1300),
    Picture("interviewer-clocks", "charity.interviewer", clicks=("Interviews",)),
    Picture("interviewer-referral", "charity.interviewer", "/interviews/", ("RH-",), 1300),
    Picture("interviewer-interview", "charity.interviewer", "/interviews/form/", ("IV-",), 1300),
    Picture(
        "interviewer-section", "charity.interviewer", "/interviews/form/", ("IV-", "Harm and offences"), 1100
    ),
    Picture("interviewer-visit", "charity.interviewer", "/interviews/visits/", ("RV-",)),
    Picture("family-work", "charity.family", height=900),
    Picture("family-case", "charity.family", "/families/", ("FS-",), 1300),
    Picture("family-member", "charity.family", "/families/", ("FS-", "Helen Amberley"), 1300),
    Picture("family-quick", "charity.family", "/families/", ("FS-", "Quick entry")),
    Picture("family-told", "charity.family", "/families/", ("FS-", "What they were told"), 700),
    Picture("caseworker-helpline", "charity.caseworker", clicks=("Helpline",), height=1300),
    Picture("caseworker-say", "charity.caseworker", "/say-something/", ("SS-",)),
    Picture("caseworker-report", "charity.caseworker", "/intelligence/concern/", height=1300),
    Picture("caseworker-handover", "charity.caseworker", "/handover/", ("HO-",), 1300),
    Picture("manager-approve", "charity.manager", clicks=("Approve or return", "Read it"), height=1300),
    Picture("manager-interviewer", "charity.manager", "/interviews/", ("RH-",), 1300),
    Picture("authority-clocks", "lambeth.worker", clicks=("Interviews",), height=900),
    Picture("authority-arrangement", "lambeth.worker", "/interviews/arrangement/"),
    Picture("coordinator-report", "met.coordinator", "/figures/partnership/", ("Show April",), 1300),
    Picture("coordinator-clocks", "met.coordinator", "/figures/clocks/", height=1300),
    Picture("auditor-access", "charity.auditor", "/subject-access/", ("DS-",), 1300),
    Picture("auditor-retention", "charity.auditor", "/retention/", height=900),
)
