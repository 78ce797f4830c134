"""The person: sex, flags, phones and photos (domain.md sections 1 and 2)."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """Sex as recorded by the police; gender identity is a field of its own."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class Known(TextChoices):
    """A yes-or-no question that may not have been answered: unknown is never no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class FlagKind(TextChoices):
    """Risk flags (domain.md section 2)."""

    CSE = "cse", "Child sexual exploitation"
    ONLINE_EXPLOITATION = "online_exploitation", "Online exploitation"
    COUNTY_LINES = "county_lines", "County lines"
    GANG = "gang", "Gang"
    TRAFFICKING = "trafficking", "Trafficking"
    TERRORISM = "terrorism", "Terrorism, or travel for it"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    HONOUR_BASED_ABUSE = "honour_based_abuse", "Forced marriage or honour-based abuse"
    FGM = "fgm", "Female genital mutilation"
    ABDUCTION = "abduction", "Abduction"
    KIDNAP = "kidnap", "Kidnap"
    MENTAL_HEALTH = "mental_health", "Mental health"
    MENTAL_HEALTH_CRISIS = "mental_health_crisis", "Mental-health crisis"
    SUICIDE = "suicide", "Suicide"
    DEMENTIA = "dementia", "Dementia"
    MEDICATION_CRITICAL = "medication_critical", "Medication critical"
    DRUGS_ALCOHOL = "drugs_alcohol", "Drugs or alcohol"
    CARE = "care", "In care"
    VICTIM_OF_CRIME = "victim_of_crime", "Victim of crime"
    REPEAT_MISSING = "repeat_missing", "Repeat missing"
    UASC = "uasc", "Unaccompanied asylum-seeking child"
    PREGNANCY = "pregnancy", "Pregnancy"


# Nobody with one of these is absent: they are missing (domain.md section 1, P).
BARS_ABSENT: frozenset[str] = frozenset(
    {
        FlagKind.CSE,
        FlagKind.ONLINE_EXPLOITATION,
        FlagKind.COUNTY_LINES,
        FlagKind.GANG,
        FlagKind.TRAFFICKING,
        FlagKind.ABDUCTION,
        FlagKind.KIDNAP,
        FlagKind.MENTAL_HEALTH_CRISIS,
        FlagKind.SUICIDE,
    }
)


class FlagStatus(TextChoices):
    """How sure somebody is of a flag."""

    SUSPECTED = "suspected", "Suspected"
    CONFIRMED = "confirmed", "Confirmed"
    RULED_OUT = "ruled_out", "Ruled out"


ACTIVE_FLAG: frozenset[str] = frozenset({FlagStatus.SUSPECTED, FlagStatus.CONFIRMED})
# Whoever the person has to be kept safe from may be their family: it is told nothing.
FAMILY_MAY_BE_DANGER: frozenset[str] = frozenset({FlagKind.HONOUR_BASED_ABUSE})


class Sensitivity(TextChoices):
    """How far something may be seen within those who see the incident."""

    STANDARD = "standard", "Everyone who sees the incident"
    OWNER_ONLY = "owner_only", "The owner force only"


class AddressKind(TextChoices):
    """What an address is to somebody."""

    HOME = "home", "Home"
    CARE_PLACEMENT = "care_placement", "Care placement"
    FORMER = "former", "Former"
    OTHER = "other", "Other"


class PhoneKind(TextChoices):
    """What sort of number it is."""

    MOBILE = "mobile", "Mobile"
    LANDLINE = "landline", "Landline"
    VOIP = "voip", "Internet (VoIP)"
    NOT_KNOWN = "not_known", "Not known"


class PhoneState(TextChoices):
    """Where the phone is."""

    WITH_PERSON = "with_person", "With the missing person"
    LEFT_AT_HOME = "left_at_home", "Left at home"
    RECOVERED = "recovered", "Recovered"
    SEIZED = "seized", "Seized by police"
    NOT_KNOWN = "not_known", "Not known"


class PhoneHolder(TextChoices):
    """Who is thought to hold the phone."""

    PERSON = "person", "The missing person"
    SHARED = "shared", "Shared with somebody"
    ABUSER = "abuser", "A person who abuses them"
    TRAFFICKER = "trafficker", "A trafficker or exploiter"
    ABDUCTOR = "abductor", "An abductor"
    OTHER = "other", "Somebody else"
    NOT_KNOWN = "not_known", "Not known"


class PhotoConsent(TextChoices):
    """Whether the photo may be used in publicity."""

    YES = "yes", "Consent given"
    NO = "no", "Consent refused"
    NOT_ASKED = "not_asked", "Not asked yet"
