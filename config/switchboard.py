"""The whole nervous system on one page: what happened, and who does what about it.

`ROUTES`: events to subscribers. `GUARDS`: the check a message names, run at the claim of every
attempt. `SETTLEMENTS`: who hears, in batches, how a message ended. `INBOUND` and `INBOUND_MAIL`: who gets
a reply by text or by e-mail. `AUDIENCES`: whom a broadcast may go to, as SQL. `POLICIES`: how messaging
treats each service that sends (`config.senders`).
`REAPPLY`: what a line of the ledger has to be done again by, in a restored database; `RECONCILE`: who knows,
outside it, what was sent.
"""

from __future__ import annotations

from alerts import events as alert_events
from alerts import subscribers as alerts
from alerts.audience import engine as audience_engine
from alerts.audience import services as audience
from alerts.audience.services import asking as audience_asking
from alerts.audience.services import signing_up as audience_sign_up
from alerts.audience.services import systems as audience_systems
from alerts.cap import services as cap
from alerts.cap import subscribers as cap_subscribers
from alerts.cap.services import pushing as cap_pushing
from alerts.public import subscribers as public_alerts
from alerts.services import removing as alerts_removing
from alerts.services import restored as alerts_restored
from alerts.services import sending as alerts_sending
from appeals import events as appeal_events
from appeals import subscribers as appeals
from appeals.delivery import mailing as appeals_mail
from appeals.services import calling as sighting_calls
from appeals.services import players
from appeals.services import restored as appeals_restored
from config.senders import POLICIES
from families import labels as families_labels
from families import subscribers as families
from families.helpline import labels as helpline_labels
from families.helpline.services import mails as helpline_mails
from families.say_something import subscribers as say_something
from families.services import calling as family_visits
from families.services import writing as families_writing
from foundation.accounts import mail as accounts_mail
from foundation.backups.switchboard import Reapply, Reconcile
from foundation.events.types import Event, Route
from foundation.messaging.services import restored as messaging_restored
from foundation.messaging.types import (
    AnonymousHandler,
    Audience,
    Guard,
    InboundHandler,
    SettlementHandler,
)
from missingcases import events as cases
from missingcases import subscribers as cases_subscribers
from missingcases.breakglass import events as breakglass_events
from missingcases.breakglass import services as breakglass_services
from missingcases.breakglass import subscribers as breakglass
from missingcases.desk import services as desk_services
from missingcases.desk import subscribers as desk
from missingcases.hooks import services as hooks_services
from missingcases.hooks import subscribers as hooks
from missingcases.intelligence import events as intelligence_events
from missingcases.intelligence import services as intelligence_services
from missingcases.intelligence import subscribers as intelligence
from missingcases.links import events as link_events
from missingcases.links import services as links_services
from missingcases.links import subscribers as links
from missingcases.services import restored as cases_restored
from missingcases.voice import services as voice_services
from missingcases.voice import subscribers as voice
from partners import events as partner_events
from partners import subscribers as partners
from partners.blind import subscribers as blind
from partners.blind.services import telling as blind_telling
from partners.routes import subscribers as routes
from partners.routes.services import overdue as concerns_overdue
from partners.services import restored as partners_restored
from partners.services import telling as partners_telling
from rhi import subscribers as rhi
from rhi.services import calling as visit_calls
from textsafe import subscribers as textsafe
from textsafe.services import delivery as textsafe_delivery
from textsafe.services import restored as textsafe_restored

__all__ = [
    "AUDIENCES",
    "GUARDS",
    "INBOUND",
    "INBOUND_MAIL",
    "POLICIES",
    "REAPPLY",
    "RECONCILE",
    "ROUTES",
    "SAID_BY_NOBODY",
    "SETTLEMENTS",
]

ROUTES: dict[type[Event], Route] = {
    cases.IncidentReported: Route(
        together=(desk.call_for_reported, hooks.tell_reported, routes.raise_for_report),
        afterwards=(textsafe.consider_reported, rhi.end_for_reported),
    ),
    cases.IncidentChanged: Route(together=(hooks.tell_changed, links.end_for_restricted)),
    cases.IncidentGraded: Route(together=(desk.follow_grading,), afterwards=(textsafe.consider_graded,)),
    # Every exit from an open state, with its cause.
    cases.IncidentStopped: Route(
        together=(
            textsafe.stop_for_incident,
            appeals.withdraw_for_incident,
            alerts.stand_down_for_incident,
            families.pause_for_stopped,
            partners.stop_for_incident,
            blind.withdraw_for_stopped,
        )
    ),
    cases.IncidentLocated: Route(together=(hooks.tell_located,)),
    cases.PersonReturned: Route(afterwards=(rhi.open_for_return, families.begin_aftercare)),
    cases.IncidentReopened: Route(
        together=(
            textsafe.keep_for_reopened,
            rhi.end_for_reopened,
            desk.call_for_reopened,
            hooks.tell_reopened,
            families.go_on_for_reopened,
            voice.withdraw_for_reopened,
        )
    ),
    cases.DeathRecorded: Route(together=(rhi.end_for_death, partners.end_for_death)),
    cases.IncidentClosed: Route(
        together=(hooks.tell_closed,), afterwards=(rhi.end_for_closed, partners.end_for_closed)
    ),
    cases.IncidentTransferred: Route(
        together=(
            desk.call_new_owner,
            links.end_for_transferred,
            appeals.follow_transfer,
            alerts.follow_transfer,
            blind.withdraw_for_transferred,
        )
    ),
    cases.StartsConfirmed: Route(
        together=(cases_subscribers.begin_reviews, desk.call_for_confirmed),
        afterwards=(textsafe.consider_confirmed,),
    ),
    cases.AgeCorrected: Route(together=(routes.follow_age,)),
    cases.FlagChanged: Route(together=(blind.withdraw_for_flag, routes.raise_for_flag)),
    cases.KeptFromFamily: Route(
        together=(appeals.look_again_for_family_danger, partners.stop_for_family_danger)
    ),
    cases.PhoneChanged: Route(afterwards=(textsafe.consider_phone,)),
    cases.PhotoRefused: Route(together=(appeals.pause_for_refused_photo, alerts.remove_refused_picture)),
    cases.ReleaseApproved: Route(),
    cases.ReleaseAcknowledged: Route(together=(intelligence.follow_acknowledged,)),
    cases.ReleaseRevoked: Route(together=(intelligence.follow_revoked,)),
    alert_events.AlertIssued: Route(
        together=(cap_subscribers.freeze_issued,),
        afterwards=(appeals.publish_for_alert, public_alerts.make_picture),
        lane="urgent",
    ),
    alert_events.AlertUpdated: Route(
        together=(cap_subscribers.freeze_updated,),
        afterwards=(appeals.publish_for_alert, public_alerts.make_picture),
        lane="urgent",
    ),
    alert_events.AlertEnded: Route(
        together=(cap_subscribers.freeze_ended, appeals.withdraw_for_alert),
        afterwards=(
            appeals.say_withdrawn_for_alert,
            public_alerts.clear_pictures,
            cap_subscribers.clear_ended,
        ),
    ),
    alert_events.AlertPictureRemoved: Route(
        together=(appeals.drop_picture_for_alert,),
        afterwards=(
            appeals.say_picture_dropped,
            public_alerts.clear_pictures,
            cap_subscribers.clear_ended,
        ),
        lane="urgent",
    ),
    # Nobody here may reach the public: a rehearsal becomes an Exercise, for partners that take exercises.
    alert_events.RehearsalNotice: Route(together=(cap_subscribers.freeze_rehearsed,)),
    appeal_events.AppealChanged: Route(together=(appeals.tell_systems,)),
    appeal_events.AppealPublished: Route(),
    appeal_events.AppealWithdrawn: Route(),
    appeal_events.SightingPassed: Route(afterwards=(appeals.call_force,)),
    intelligence_events.IntelligenceSent: Route(afterwards=(intelligence.tell_force,)),
    link_events.LinkAsked: Route(afterwards=(links.tell_asked_force,)),
    link_events.LinkAnswered: Route(afterwards=(links.tell_asking_force,)),
    partner_events.ReferralMoved: Route(
        afterwards=(partners.tell_partner, partners.tell_sender, partners.tell_systems)
    ),
    breakglass_events.RecordsOpened: Route(afterwards=(breakglass.tell_data_protection,)),
}
GUARDS: dict[str, Guard] = {
    accounts_mail.INVITATION_GUARD: accounts_mail.invitation_stands,
    accounts_mail.PERSON_GUARD: accounts_mail.person_is_let_in,
    desk_services.GUARD: desk_services.still_calls,
    intelligence_services.GUARD: intelligence_services.still_waits,
    links_services.GUARD: links_services.still_concerns,
    breakglass_services.GUARD: breakglass_services.still_concerns,
    voice_services.GUARD: voice_services.check,
    "hooks.delivery": hooks_services.may_go,
    cap_pushing.GUARD: cap.may_go,
    alerts_sending.GUARD: alerts_sending.may_go,
    "appeals.published": appeals_mail.may_be_published,
    "appeals.withdrawn": appeals_mail.is_to_be_taken_down,
    sighting_calls.GUARD_OF_CHARITY: sighting_calls.still_waits_at_charity,
    sighting_calls.GUARD_OF_FORCE: sighting_calls.still_waits_at_force,
    players.SILENT_GUARD: players.is_silent_still,
    players.BACK_GUARD: players.is_back_still,
    visit_calls.GUARD: visit_calls.still_late,
    family_visits.GUARD: family_visits.still_late,
    partners_telling.GUARD_PARTNER: partners_telling.still_shown,
    partners_telling.GUARD_LINK: partners_telling.link_runs,
    partners_telling.GUARD_CODE: partners_telling.code_runs,
    partners_telling.GUARD_WITHDRAWN: partners_telling.is_withdrawn,
    partners_telling.GUARD_SENDER: partners_telling.exists,
    blind_telling.GUARD: blind_telling.still_waits,
    concerns_overdue.GUARD: concerns_overdue.still_overdue,
    "textsafe.request": textsafe_delivery.check_request,
    "textsafe.reply": textsafe_delivery.check_reply,
    families_labels.GUARD: families_writing.check_contact,
    helpline_labels.GUARD: helpline_mails.check_mail,
    audience_sign_up.GUARD: audience.still_open,
    audience_asking.GUARD: audience.still_theirs,
    audience_systems.GUARD: audience.system_still_open,
}
SETTLEMENTS: dict[str, SettlementHandler] = {
    appeals_mail.PUBLISHED: appeals_mail.settle_publications,
    appeals_mail.WITHDRAWN: appeals_mail.settle_withdrawals,
    "textsafe": textsafe_delivery.settle,
    "textsafe_reply": textsafe_delivery.settle,
    families_labels.SERVICE: families_writing.settle,
    helpline_labels.SERVICE: helpline_mails.settle,
    voice_services.SERVICE: voice_services.settle,
}
# The first named gets texts from numbers that we never wrote to.
INBOUND: dict[str, InboundHandler] = {
    "textsafe": textsafe.take_reply,
    "textsafe_reply": textsafe.take_reply,
    families_labels.SERVICE: families.take_reply,
}
# The first named gets e-mails that answer none of ours.
INBOUND_MAIL: dict[str, InboundHandler] = {
    helpline_labels.SERVICE: families.take_mail,
    families_labels.SERVICE: families.take_mail,
}
# Gets the words of a text that begins with SAY, after messaging dropped the number.
SAID_BY_NOBODY: AnonymousHandler = say_something.take_text
# Whom a broadcast can go to: by name, one SELECT each.
AUDIENCES: dict[str, Audience] = {
    "alerts.areas": audience_engine.AREAS,
    "alerts.rehearsal": audience_engine.REHEARSAL,
    "alerts.reached": audience_engine.REACHED,
    "alerts.reached_rehearsal": audience_engine.REACHED_REHEARSAL,
}
REAPPLY: dict[str, Reapply] = {
    "suppression.started": messaging_restored.suppress_again,
    "suppression.lifted": messaging_restored.lift_again,
    "switch.stopped": messaging_restored.stop_again,
    "switch.started": messaging_restored.start_again,
    "incident.stopped": cases_restored.stop_again,
    "release.revoked": cases_restored.revoke_again,
    "photo.refused": cases_restored.refuse_photo_again,
    "person.kept_from_family": cases_restored.keep_from_family_again,
    "textsafe.withdrawn": textsafe_restored.withdraw_again,
    "textsafe.vetoed": textsafe_restored.veto_again,
    "alerts.issued": alerts_restored.end_what_was_issued,
    "alerts.ended": alerts_restored.end_again,
    "alerts.picture_removed": alerts_removing.remove_again,
    "appeals.withdrawn": appeals_restored.withdraw_again,
    "appeals.paused": appeals_restored.pause_again,
    "appeals.resumed": appeals_restored.say_it_was_resumed,
    "appeals.unready": appeals_restored.unready_again,
    "appeals.consent": appeals_restored.answer_again,
    "appeals.placed": appeals_restored.placed_again,
    "partners.ended": partners_restored.end_again,
    "audience.left": audience.leave_again,
    "audience.paused": audience.pause_again,
    "audience.went_on": audience.go_on_again,
}
RECONCILE: tuple[Reconcile, ...] = (messaging_restored.take_what_was_sent,)
