"""What services contribute to pages that read across them (the shapes: `foundation.contributions`).

A service is named here and nowhere below: taking its lines out leaves a product that still boots.
"""

from __future__ import annotations

from alerts import contributions as alerts
from alerts import keeping as alerts_keeping
from alerts.cap import keeping as cap_keeping
from alerts.cap.contributions import received_alert_work
from alerts.public import contributions as public_alerts
from alerts.public import keeping as public_alerts_keeping
from appeals import alert_previews as appeals_alerts
from appeals import contributions as appeals
from appeals import keeping as appeals_keeping
from appeals.fragment_contributions import fragment_work
from appeals.sighting_contributions import sighting_desk, sighting_identity, sighting_work
from families import contributions as families
from families import keeping as families_keeping
from families.handover import keeping as handover_keeping
from families.handover.contributions import handover_work
from families.helpline import keeping as helpline_keeping
from families.helpline.contributions import helpline_handover, helpline_work
from families.helpline.identities import helpline_identity
from families.helpline.voice import contact_voice
from families.identities import contact_identity
from families.say_something.contributions import account_handover, account_work
from families.voice import family_voice
from foundation.channel_previews import AlertDrawer, AlertPreviewer
from foundation.contributions import (
    AlertTeller,
    Announcer,
    DeskContributor,
    HandoverContributor,
    HookKind,
    IdentityContributor,
    Merge,
    Narrowed,
    ReleaseSource,
    Retention,
    ServiceContributor,
    Subject,
    SubjectAccess,
    TimelineContributor,
    UnderwayContributor,
    WorkContributor,
)
from foundation.messaging import contributions as messaging
from missingcases import keeping as cases_keeping
from missingcases.agreements.contributions import agreement_work
from missingcases.breakglass import keeping as breakglass_keeping
from missingcases.breakglass.contributions import opening_work
from missingcases.contributions import received_work, unanswered_work
from missingcases.desk import keeping as desk_keeping
from missingcases.hooks import keeping as hooks_keeping
from missingcases.intelligence import contributions as intelligence
from missingcases.intelligence import keeping as intelligence_keeping
from missingcases.links import keeping as links_keeping
from missingcases.links.contributions import link_work
from missingcases.matching import keeping as matching_keeping
from missingcases.merging import keeping as merging_keeping
from missingcases.messages_home import keeping as messages_home_keeping
from missingcases.retention import keeping as retention_keeping
from missingcases.subject_access import keeping as subject_access_keeping
from missingcases.voice import keeping as voice_keeping
from missingcases.voice.contributions import invitation_work
from missingcases.voice.sources import Source
from partners import contributions as partners
from partners import keeping as partners_keeping
from partners.blind import contributions as blind
from partners.blind import keeping as blind_keeping
from partners.proposals import keeping as proposals_keeping
from partners.proposals.contributions import proposal_work
from partners.proposals.contributions import service_card as proposal_card
from partners.routes import contributions as routes
from partners.routes import keeping as routes_keeping
from reports.cohorts import keeping as cohorts_keeping
from rhi import contributions as rhi
from rhi import keeping as rhi_keeping
from rhi.interviews import keeping as interviews_keeping
from rhi.interviews.contributions import action_work
from rhi.voice import interview_voice
from textsafe import contributions as textsafe
from textsafe import keeping as textsafe_keeping
from textsafe.voice import textsafe_voice

WORK: tuple[WorkContributor, ...] = (
    alerts.alert_work,
    received_alert_work,
    rhi.alarm_work,
    routes.concern_work,
    families.alarm_work,
    received_work,
    unanswered_work,
    textsafe.conversation_work,
    helpline_work,
    account_work,
    handover_work,
    textsafe.screening_work,
    messaging.attention_work,
    link_work,
    agreement_work,
    intelligence.received_work,
    intelligence.written_work,
    sighting_work,
    appeals.publicity_work,
    appeals.player_work,
    fragment_work,
    opening_work,
    invitation_work,
    blind.candidate_work,
    proposal_work,
    families.family_work,
    rhi.interview_work,
    partners.referral_work,
    action_work,
)
SERVICES_TAB: tuple[ServiceContributor, ...] = (
    textsafe.service_card,
    appeals.service_card,
    families.service_card,
    rhi.service_card,
    partners.service_card,
    intelligence.service_card,
    routes.service_card,
    blind.service_card,
    proposal_card,
    alerts.service_card,
)
TIMELINE: tuple[TimelineContributor, ...] = (
    textsafe.timeline,
    appeals.timeline,
    families.timeline,
    rhi.timeline,
    partners.timeline,
    alerts.timeline,
)
UNDERWAY: tuple[UnderwayContributor, ...] = (textsafe.underway, appeals.underway, alerts.underway)
HANDOVER: tuple[HandoverContributor, ...] = (
    textsafe.handover,
    helpline_handover,
    account_handover,
    appeals.handover,
    families.handover,
    rhi.handover,
    partners.handover,
    alerts.handover,
)
DESK: tuple[DeskContributor, ...] = (
    sighting_desk,
    intelligence.intelligence_desk,
    rhi.visit_desk,
    families.visit_desk,
)
IDENTITIES: tuple[IdentityContributor, ...] = (
    sighting_identity,
    textsafe.conversation_identity,
    contact_identity,
    helpline_identity,
)
# What is made of these records is seen by those alone who may see the records.
NARROWED: tuple[Narrowed, ...] = (families.NARROWED_CONTACTS,)
HOOKS: tuple[HookKind, ...] = (
    textsafe.status_hook,
    appeals.status_hook,
    rhi.status_hook,
    partners.status_hook,
)
# What appeals' channels are told of a Child Rescue Alert that is out.
ALERTS: tuple[AlertTeller, ...] = (public_alerts.told_alert,)
# What those channels would show of one that is not out yet, for the launch room.
ALERT_PREVIEWS: tuple[AlertPreviewer, ...] = (appeals_alerts.previews_of,)
ALERT_DRAWERS: tuple[AlertDrawer, ...] = (appeals_alerts.drawn,)
# What every public page says at its top.
ANNOUNCEMENTS: tuple[Announcer, ...] = (public_alerts.announce,)
# Who of a record can be asked how it was (missingcases.voice).
VOICES: tuple[Source, ...] = (
    textsafe_voice,
    contact_voice,
    family_voice,
    interview_voice,
)
MERGE: tuple[Merge, ...] = (
    *cases_keeping.MERGE,
    *desk_keeping.MERGE,
    *hooks_keeping.MERGE,
    *textsafe_keeping.MERGE,
    *appeals_keeping.MERGE,
    *alerts_keeping.MERGE,
    *matching_keeping.MERGE,
    *merging_keeping.MERGE,
    *links_keeping.MERGE,
    *messages_home_keeping.MERGE,
    *helpline_keeping.MERGE,
    *breakglass_keeping.MERGE,
    *subject_access_keeping.MERGE,
    *retention_keeping.MERGE,
    *voice_keeping.MERGE,
    *rhi_keeping.MERGE,
    *families_keeping.MERGE,
    *intelligence_keeping.MERGE,
    *partners_keeping.MERGE,
    *cohorts_keeping.MERGE,
    *blind_keeping.MERGE,
    *routes_keeping.MERGE,
    *proposals_keeping.MERGE,
)
SUBJECT_ACCESS: tuple[SubjectAccess, ...] = (
    *cases_keeping.SUBJECT_ACCESS,
    *desk_keeping.SUBJECT_ACCESS,
    *hooks_keeping.SUBJECT_ACCESS,
    *textsafe_keeping.SUBJECT_ACCESS,
    *cap_keeping.SUBJECT_ACCESS,
    *appeals_keeping.SUBJECT_ACCESS,
    *public_alerts_keeping.SUBJECT_ACCESS,
    *alerts_keeping.SUBJECT_ACCESS,
    *matching_keeping.SUBJECT_ACCESS,
    *merging_keeping.SUBJECT_ACCESS,
    *links_keeping.SUBJECT_ACCESS,
    *messages_home_keeping.SUBJECT_ACCESS,
    *helpline_keeping.SUBJECT_ACCESS,
    *breakglass_keeping.SUBJECT_ACCESS,
    *subject_access_keeping.SUBJECT_ACCESS,
    *retention_keeping.SUBJECT_ACCESS,
    *voice_keeping.SUBJECT_ACCESS,
    *rhi_keeping.SUBJECT_ACCESS,
    *families_keeping.SUBJECT_ACCESS,
    *interviews_keeping.SUBJECT_ACCESS,
    *intelligence_keeping.SUBJECT_ACCESS,
    *partners_keeping.SUBJECT_ACCESS,
    *cohorts_keeping.SUBJECT_ACCESS,
    *blind_keeping.SUBJECT_ACCESS,
    *routes_keeping.SUBJECT_ACCESS,
    *proposals_keeping.SUBJECT_ACCESS,
)
# Whom else one may ask about, and what releases without an incident were made from.
SUBJECTS: tuple[Subject, ...] = (families_keeping.RELATIVE,)
RELEASE_SOURCES: tuple[ReleaseSource, ...] = (
    rhi_keeping.RELEASES,
    helpline_keeping.RELEASES,
    intelligence_keeping.RELEASES,
    partners_keeping.RELEASES,
)
RETENTION: tuple[Retention, ...] = (
    *cases_keeping.RETENTION,
    *desk_keeping.RETENTION,
    *hooks_keeping.RETENTION,
    *textsafe_keeping.RETENTION,
    *cap_keeping.RETENTION,
    *appeals_keeping.RETENTION,
    *public_alerts_keeping.RETENTION,
    *alerts_keeping.RETENTION,
    *matching_keeping.RETENTION,
    *merging_keeping.RETENTION,
    *links_keeping.RETENTION,
    *messages_home_keeping.RETENTION,
    *helpline_keeping.RETENTION,
    *handover_keeping.RETENTION,
    *breakglass_keeping.RETENTION,
    *subject_access_keeping.RETENTION,
    *retention_keeping.RETENTION,
    *voice_keeping.RETENTION,
    *rhi_keeping.RETENTION,
    *families_keeping.RETENTION,
    *interviews_keeping.RETENTION,
    *intelligence_keeping.RETENTION,
    *partners_keeping.RETENTION,
    *cohorts_keeping.RETENTION,
    *blind_keeping.RETENTION,
    *routes_keeping.RETENTION,
    *proposals_keeping.RETENTION,
)
