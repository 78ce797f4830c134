"""How an incident ends (domain.md section 1)."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """How an incident ended."""

    LOCATED_ALIVE = "located_alive", "Located alive"
    LOCATED_DECEASED = "located_deceased", "Located deceased"
    LOCATED_CUSTODY = "located_custody", "Located in custody"
    LOCATED_HOSPITAL = "located_hospital", "Located in hospital"
    LOCATED_ABROAD = "located_abroad", "Located abroad"
    CANCELLED = "cancelled", "Cancelled"


class FoundBy(TextChoices):
    """Who found the person."""

    OWN_RETURN = "own_return", "Returned of their own accord"
    POLICE = "police", "Police"
    FAMILY_FRIEND = "family_friend", "Family or friend"
    CARER = "carer", "Carer"
    MEMBER_OF_PUBLIC = "member_of_public", "Member of the public"
    OTHER_AGENCY = "other_agency", "Other agency"
    CHARITY = "charity", "Charity"
    SELF_CONTACT = "self_contact", "Made contact themselves"
    UNKNOWN = "unknown", "Not known"


class Harm(TextChoices):
    """Harm suffered while missing (many). "Not known" is not "none"."""

    NONE = "none", "None"
    PHYSICAL_ASSAULT = "physical_assault", "Physical assault"
    SEXUAL_OFFENCE = "sexual_offence", "Sexual offence"
    SEXUAL_EXPLOITATION = "sexual_exploitation", "Sexual exploitation"
    CRIMINAL_EXPLOITATION = "criminal_exploitation", "Criminal exploitation"
    TRAFFICKING = "trafficking", "Trafficking"
    SELF_HARM = "self_harm", "Self-harm"
    SUICIDE_ATTEMPT = "suicide_attempt", "Suicide attempt"
    ACCIDENT_INJURY = "accident_injury", "Accident or injury"
    EXPOSURE = "exposure", "Exposure"
    SUBSTANCE = "substance", "Drugs or alcohol"
    VICTIM_THEFT = "victim_theft", "Victim of theft"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


# An answer that stands alone: nobody was both unharmed and hurt, or unknown and known.
SOLE_HARMS: frozenset[str] = frozenset({Harm.NONE, Harm.NOT_KNOWN})


class DeathType(TextChoices):
    """Manner of death, where the outcome is deceased."""

    SUICIDE = "suicide", "Suicide"
    ACCIDENT = "accident", "Accident"
    NATURAL = "natural", "Natural causes"
    HOMICIDE = "homicide", "Homicide"
    UNDETERMINED = "undetermined", "Undetermined"


class PlaceFound(TextChoices):
    """The kind of place a person was found in (K)."""

    HOME = "home", "Home or placement"
    FRIEND = "friend", "With a friend or relative"
    STREET = "street", "Street or public place"
    OPEN_LAND = "open_land", "Open land, woods or water"
    TRANSPORT = "transport", "Transport or a station"
    HOSPITAL = "hospital", "Hospital"
    CUSTODY = "custody", "Custody"
    ABROAD = "abroad", "Abroad"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class DiscloseLocation(TextChoices):
    """Whether where they are may be passed on (domain.md section 1)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    SAFE_AND_WELL_MESSAGE_ONLY = "safe_and_well_message_only", "Only that they are safe and well"


class CancelReason(TextChoices):
    """The only reasons to cancel; a quick return is located, never cancelled."""

    DUPLICATE = "duplicate", "Duplicate of another incident"
    RECORDED_IN_ERROR = "recorded_in_error", "Recorded in error"
    NOT_MISSING = "not_missing", "Not a missing person"


class StopCause(TextChoices):
    """Why an incident stopped being open."""

    LOCATED = "located", "Located"
    CANCELLED = "cancelled", "Cancelled"
    MERGED = "merged", "Merged as a duplicate"


class InterviewMode(TextChoices):
    """How a prevention interview was held."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    TELEPHONE = "telephone", "By telephone"
