"""What publicity keeps. Fields, constraints and indexes; no workflow."""

from appeals.models.appeals import Appeal, AppealArea, Consent, PartyView
from appeals.models.content import Content, Picture, Publication, Rendition, Wording
from appeals.models.feeds import FeedEntry
from appeals.models.outlets import Outlet, OutletArea
from appeals.models.placements import Placement, TakedownEntry
from appeals.models.published import PublicAppeal, PublicPlacement
from appeals.models.sharing import FragmentCheck, SharingPolicy
from appeals.models.sightings import OutletReport, Sighting, Submission

__all__ = [
    "Appeal",
    "AppealArea",
    "Consent",
    "Content",
    "FeedEntry",
    "FragmentCheck",
    "Outlet",
    "OutletArea",
    "OutletReport",
    "PartyView",
    "Picture",
    "Placement",
    "PublicAppeal",
    "PublicPlacement",
    "Publication",
    "Rendition",
    "SharingPolicy",
    "Sighting",
    "Submission",
    "TakedownEntry",
    "Wording",
]
