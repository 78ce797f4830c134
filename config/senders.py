"""How messaging treats each service that sends: its caps, who keeps its words, what a STOP to it means."""

from __future__ import annotations

from datetime import timedelta

from alerts.audience.services import signing_up as audience_sign_up
from alerts.cap import services as cap
from alerts.cap.services import pushing as cap_pushing
from alerts.services import sending as alerts_sending
from appeals.delivery import enclosing as appeals_enclosing
from appeals.delivery import mailing as appeals_mail
from appeals.services import calling as sighting_calls
from families import labels as families_labels
from families.helpline import labels as helpline_labels
from families.services import calling as family_visits
from families.states import WORKERS as FAMILY_WORKERS
from foundation.accounts.enums import HELPLINE, OrganisationKind
from foundation.messaging.types import Cap, OtherSide, ServicePolicy
from missingcases.hooks import services as hooks_services
from missingcases.voice import services as voice_services
from partners.services import telling as partners_telling
from rhi.services import calling as visit_calls

POLICIES: dict[str, ServicePolicy] = {
    "accounts": ServicePolicy(name="accounts", words="Accounts"),
    "missingcases": ServicePolicy(name="missingcases", words="Incidents"),
    # Tried until its three days are over, however often; the receiver ignores an id it has had.
    "webhooks": ServicePolicy(
        name="webhooks",
        words="Webhooks",
        max_attempts=1000,
        other_side=OtherSide(signing=hooks_services.signing, heard=hooks_services.heard),
    ),
    # Alerts as CAP to partners' systems: tried for a day; whoever was silent for longer reads the feed.
    cap_pushing.SERVICE: ServicePolicy(
        name=cap_pushing.SERVICE,
        words="Alerts to partners' systems",
        kept_by=OrganisationKind.CHARITY,
        max_attempts=1000,
        other_side=OtherSide(signing=cap.signing, heard=cap.heard),
    ),
    # To whoever asked for alerts: a STOP ends that, whatever it answered, and their address is forgotten.
    # Signing up again lifts it (alerts.audience).
    alerts_sending.SERVICE: ServicePolicy(
        name=alerts_sending.SERVICE,
        words="Child Rescue Alert",
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=HELPLINE,
    ),
    # Appeals by e-mail to media partners, and that they have ended: that is tried for as long as it takes.
    appeals_mail.PUBLISHED: ServicePolicy(
        name=appeals_mail.PUBLISHED,
        words="Appeals to media partners",
        kept_by=OrganisationKind.CHARITY,
        enclosed=appeals_enclosing.with_publication,
    ),
    appeals_mail.WITHDRAWN: ServicePolicy(
        name=appeals_mail.WITHDRAWN,
        words="Appeals to be taken down",
        kept_by=OrganisationKind.CHARITY,
        max_attempts=1000,
    ),
    # That a sighting, or a billboard player, waits for somebody.
    sighting_calls.SERVICE: ServicePolicy(name=sighting_calls.SERVICE, words="Appeals, to staff"),
    # That a worker who visits a child alone was not heard of.
    visit_calls.SERVICE: ServicePolicy(name=visit_calls.SERVICE, words="Visits that are late, to staff"),
    family_visits.SERVICE: ServicePolicy(
        name=family_visits.SERVICE, words="Visits to families that are late, to staff"
    ),
    # Referrals to partners, possible matches and overdue concerns: a reference and where to look.
    partners_telling.SERVICE: ServicePolicy(name=partners_telling.SERVICE, words="Referrals to partners"),
    # One text a day; a STOP is the charity's secret, and only the helpline lifts it (domain.md section 4).
    "textsafe": ServicePolicy(
        name="textsafe",
        words="TextSafe",
        cap=Cap(count=1, period=timedelta(hours=24)),
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=HELPLINE,
    ),
    # The charity's answers to somebody who wrote: no daily cap, but a STOP ends them too.
    "textsafe_reply": ServicePolicy(
        name="textsafe_reply",
        words="TextSafe reply",
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=HELPLINE,
    ),
    # To relatives: a STOP ends texts to their number, whatever it answered.
    families_labels.SERVICE: ServicePolicy(
        name=families_labels.SERVICE,
        words="Family support",
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=FAMILY_WORKERS,
    ),
    # Answers to whoever turned to the helpline by e-mail.
    helpline_labels.SERVICE: ServicePolicy(
        name=helpline_labels.SERVICE,
        words="Helpline",
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=HELPLINE,
    ),
    # Codes and links to have an address confirmed, or to change one's choices. A STOP ends what they are for.
    audience_sign_up.SERVICE: ServicePolicy(
        name=audience_sign_up.SERVICE,
        words="Signing up to alerts",
        cap=Cap(count=6, period=timedelta(hours=24)),
        kept_by=OrganisationKind.CHARITY,
    ),
    # The link to say how it was: one text, to whoever agreed to get it, and none after a STOP to anything.
    voice_services.SERVICE: ServicePolicy(
        name=voice_services.SERVICE,
        words="How it was",
        cap=Cap(count=1, period=timedelta(hours=24)),
        kept_by=OrganisationKind.CHARITY,
        stop_always=True,
        lifted_by=HELPLINE,
    ),
}
