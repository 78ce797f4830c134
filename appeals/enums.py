"""The values of publicity appeals (domain.md section 3). Stored as codes; labels are for people."""

from __future__ import annotations

from django.db.models import TextChoices


class AppealKind(TextChoices):
    """What sort of appeal it is."""

    HIGH_RISK_URGENT = "high_risk_urgent", "High risk, urgent"
    STANDARD = "standard", "Standard"
    POSTER = "poster", "Poster"
    WEB_ONLY = "web_only", "Website only"
    REGIONAL = "regional", "Regional"
    ANNIVERSARY = "anniversary", "Anniversary"
    BIRTHDAY = "birthday", "Birthday"
    AGE_PROGRESSED = "age_progressed", "Age-progressed picture"
    LONG_TERM = "long_term", "Long-term"
    CHILD_RESCUE_ALERT = "child_rescue_alert", "Child Rescue Alert"


# What somebody may ask for: the others come about by themselves.
KINDS_ASKED_FOR: tuple[tuple[str, str], ...] = tuple(
    (kind.value, kind.label) for kind in AppealKind if kind != AppealKind.CHILD_RESCUE_ALERT
)


class AppealStatus(TextChoices):
    """How far an appeal is."""

    REQUESTED = "requested", "Requested"
    DRAFT = "draft", "Draft"
    POLICE_AUTHORISED = "police_authorised", "Authorised by police"
    FAMILY_CONSENTED = "family_consented", "Ready to publish"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    PAUSED = "paused", "Paused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DECLINED = "declined", "Declined"


class Origin(TextChoices):
    """How an appeal came to the charity."""

    POLICE = "police", "Asked for by police"
    CHARITY = "charity", "Begun by the charity"
    SYSTEM = "system", "Sent by a system of the force"
    FEED = "feed", "Read from the force's feed"
    PROPOSED = "proposed", "Proposed for the day"
    ALERT = "alert", "A Child Rescue Alert"


class NoPublicity(TextChoices):
    """Why there is to be no publicity (domain.md section 3)."""

    POLICE_REFUSED = "police_refused", "Police refused"
    FAMILY_REFUSED = "family_refused", "Family refused"
    RISK_FROM_PUBLICITY = "risk_from_publicity", "Publicity would put them at risk"
    COVERT_OPERATION = "covert_operation", "A covert operation"
    SUICIDE_RISK = "suicide_risk", "Risk of suicide"
    CHILD_IDENTITY_ORDER = "child_identity_order", "A court order protects the child's identity"
    ASYLUM_RISK = "asylum_risk", "Risk to somebody who seeks asylum"
    ALREADY_LOCATED = "already_located", "Already located"
    INSUFFICIENT_INFORMATION = "insufficient_information", "Too little is known"
    WANTED_PERSON = "wanted_person", "Wanted by police"
    NO_PHOTO = "no_photo", "No photo"
    PERSON_DECLINED_PREVIOUSLY = "person_declined_previously", "They said no to publicity before"


class Party(TextChoices):
    """Whose view of an appeal is asked."""

    POLICE = "police", "Police"
    FAMILY = "family", "Family"
    PLACING_AUTHORITY = "placing_authority", "Placing authority"
    PERSON = "person", "The missing person's likely wishes"
    CHARITY = "charity", "Charity"


class Stance(TextChoices):
    """What a party thinks of publicity."""

    FOR = "for", "For publicity"
    AGAINST = "against", "Against publicity"
    UNSURE = "unsure", "Not sure"
    NOT_ASKED = "not_asked", "Could not be asked"


class ConsentStatus(TextChoices):
    """The answer to being asked for consent."""

    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConsentBy(TextChoices):
    """Who can consent: for a child whoever has parental responsibility, or the placing authority."""

    FAMILY = "family", "Next of kin"
    PARENTAL_RESPONSIBILITY = "parental_responsibility", "Somebody with parental responsibility"
    PLACING_AUTHORITY = "placing_authority", "Placing authority"


class AskedHow(TextChoices):
    """How consent was asked for and given."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    WRITTEN = "written", "In writing"


class Audience(TextChoices):
    """For whom a wording is made."""

    PUBLIC = "public", "Everybody"
    MEDIA = "media", "Media partners"
    SOCIAL = "social", "Social media"
    BILLBOARD = "billboard", "Billboards"
    POSTER = "poster", "Posters"


class Language(TextChoices):
    """The languages of appeals."""

    ENGLISH = "en", "English"
    WELSH = "cy", "Welsh"


class Channel(TextChoices):
    """By what an outlet publishes."""

    WEBSITE = "website", "Our website"
    MEDIA_EMAIL = "media_email", "Media partner, by e-mail"
    MEDIA_FEED = "media_feed", "Media partner, by feed"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    BILLBOARD = "billboard", "Digital billboards"
    POSTER = "poster", "Posters"
    WEBHOOK = "webhook", "Partner, by webhook"


AUDIENCE_OF: dict[str, Audience] = {
    Channel.WEBSITE: Audience.PUBLIC,
    Channel.MEDIA_EMAIL: Audience.MEDIA,
    Channel.MEDIA_FEED: Audience.MEDIA,
    Channel.MASTODON: Audience.SOCIAL,
    Channel.BLUESKY: Audience.SOCIAL,
    Channel.BILLBOARD: Audience.BILLBOARD,
    Channel.POSTER: Audience.POSTER,
    Channel.WEBHOOK: Audience.MEDIA,
}
# Media partners get an appeal before it may be shown and keep it to themselves: everybody else waits.
HEARS_BEFORE: frozenset[str] = frozenset(
    channel for channel, audience in AUDIENCE_OF.items() if audience == Audience.MEDIA
)
# What reads our live rows by itself: it shows what it is allowed to show now, and nothing has to be sent.
READS_LIVE: frozenset[str] = frozenset(
    {Channel.WEBSITE, Channel.MEDIA_FEED, Channel.BILLBOARD, Channel.POSTER}
)
# Our own pages and files: gone in the commit that withdraws, with nobody left to confirm it.
OURS: frozenset[str] = frozenset({Channel.WEBSITE, Channel.POSTER})
# Who is told there goes by the appeal, not by our number for one showing of it: told of an end that is past,
# they may take down what was published again since.
GO_BY_APPEAL: frozenset[str] = frozenset({Channel.MEDIA_EMAIL, Channel.WEBHOOK})


class PlacementStatus(TextChoices):
    """How one appeal stands on one channel."""

    PLANNED = "planned", "Planned"
    SENDING = "sending", "Being sent"
    LIVE = "live", "Live"
    FAILED = "failed", "Could not be published"
    UNKNOWN = "unknown", "Perhaps published"
    WITHDRAWING = "withdrawing", "To be told"
    TOLD = "told", "Told to take it down"
    CONFIRMED = "confirmed", "Confirmed gone"
    DROPPED = "dropped", "Never published"
    REPLACED = "replaced", "Published again since"


class ConfirmedBy(TextChoices):
    """How it is known that an outlet no longer shows an appeal."""

    OURS = "ours", "Our own pages, in the same moment"
    LINK = "link", "The outlet, by its link"
    API = "api", "The outlet's system"
    CHECK_IN = "check_in", "The billboard player's check-in"
    FETCH = "fetch", "We looked, and it is gone"
    STAFF = "staff", "A member of staff, with evidence"


class WithdrawCause(TextChoices):
    """Why an appeal ended. Never shown outside force and charity."""

    STOPPED = "stopped", "The incident is no longer open"
    CONSENT_WITHDRAWN = "consent_withdrawn", "Consent was withdrawn"
    POLICE_VETO = "police_veto", "Police asked for it"
    STAFF = "staff", "The charity withdrew it"
    EXPIRED = "expired", "Its time was over"
    MERGED = "merged", "Another appeal took its place"
    ALERT_ENDED = "alert_ended", "The Child Rescue Alert ended"


class SightingStatus(TextChoices):
    """How far a sighting is (domain.md section 3)."""

    RECEIVED = "received", "Received"
    TRIAGED = "triaged", "Triaged"
    PASSED_TO_POLICE = "passed_to_police", "Passed to police"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by police"
    ASSESSED = "assessed", "Assessed"
    OUTCOME = "outcome", "Outcome known"


class Triage(TextChoices):
    """What the charity makes of a sighting."""

    IMMEDIATE = "immediate", "Immediate danger"
    ROUTINE = "routine", "Routine"
    MALICIOUS = "malicious", "Malicious"


class SightingWait(TextChoices):
    """What a sighting waits for: of the charity to judge, pass or review it, of the force to answer."""

    JUDGE_NOW = "judge_now", "To be judged at once"
    JUDGE = "judge", "To be judged"
    PASS_NOW = "pass_now", "To be passed to the force at once"
    PASS = "pass", "To be passed to the force"
    REVIEW = "review", "To be reviewed"
    ANSWER_NOW = "answer_now", "To be acknowledged at once"
    ANSWER = "answer", "To be acknowledged"


class Certainty(TextChoices):
    """How sure whoever saw somebody is."""

    SURE = "sure", "I am sure it was them"
    LIKELY = "likely", "I think it was them"
    UNSURE = "unsure", "It might have been them"


class SubmissionKind(TextChoices):
    """What somebody tells us from the page of an appeal."""

    SIGHTING = "sighting", "I have seen them"
    IT_IS_ME = "it_is_me", "I am the person in this appeal"
    NOT_TRUE = "not_true", "This is not true, or I am safe"


class SightingOutcome(TextChoices):
    """What came of a sighting, as the force says."""

    CONFIRMED = "confirmed", "It was them"
    NOT_THEM = "not_them", "It was somebody else"
    NOT_SUPPORTED = "not_supported", "Could not be supported"
    NO_ACTION = "no_action", "No further action"
    VERIFIED = "verified", "It was the person themself"
    NOT_VERIFIED = "not_verified", "Not shown to be the person"


# What the force says of a sighting, and what the charity says of somebody who wrote of themself.
OF_SIGHTINGS = (
    SightingOutcome.CONFIRMED,
    SightingOutcome.NOT_THEM,
    SightingOutcome.NOT_SUPPORTED,
    SightingOutcome.NO_ACTION,
)
OF_REVIEWS = (SightingOutcome.VERIFIED, SightingOutcome.NOT_VERIFIED, SightingOutcome.NO_ACTION)


class Sharing(TextChoices):
    """What becomes of the appeals that a force's systems send."""

    OFF = "off", "Not taken"
    DRAFT = "draft", "Taken as drafts"


class FragmentProblem(TextChoices):
    """Why the helpline was not seen on a page of a force. A number is what the page answered."""

    NO_MARKER = "no_marker", "The fragment is not on the page"
    NO_NUMBER = "no_number", "The fragment is there without the number 116 000"
    OLD_VERSION = "old_version", "An older fragment is there: copy it anew"
    NOT_HTML = "not_html", "The address shows no page that can be read"
    REDIRECTS = "redirects", "The address leads on and on to others"
    NO_SUCH_HOST = "no_such_host", "There is no such site"
    NO_CONNECTION = "no_connection", "The site could not be reached"
    NO_ANSWER = "no_answer", "The site did not answer in time"
    NOT_TRUSTED = "not_trusted", "The site's certificate is not good"
    NOT_ALLOWED = "not_allowed", "The address, or one it leads to, is not an https:// address outside"
    TOO_LARGE = "too_large", "The page is larger than 1 MB"
    BAD_ANSWER = "bad_answer", "The answer could not be read"


LONGEST_VIEW = 5_000
