"""What a concern is about, how it stands, and who is a first responder (domain.md section 2)."""

from __future__ import annotations

from django.db.models import TextChoices

from missingcases.enums import FlagKind


class Kind(TextChoices):
    """What somebody may be a victim of, or drawn into."""

    TRAFFICKING = "trafficking", "Trafficking or modern slavery"
    FORCED_MARRIAGE = "forced_marriage", "Forced marriage or honour-based abuse"
    TERRORISM = "terrorism", "Terrorism, or travel for it"


class Path(TextChoices):
    """By which way a concern goes, from what is known of the age when it is raised.

    Where the age is corrected another concern is raised, on the way of that age.
    """

    CHILD = "child", "Child: local authority first, then the National Referral Mechanism"
    ADULT = "adult", "Adult: with consent to the National Referral Mechanism, else the duty to notify"
    SAFEGUARDING = "safeguarding", "Police safeguarding and the Forced Marriage Unit"
    COUNTER_TERRORISM = "counter_terrorism", "Counter-terrorism liaison"


class ConcernStatus(TextChoices):
    """Where a concern stands. Ours ends when a responder has it."""

    RAISED = "raised", "Raised"
    AUTHORITY_TOLD = "authority_told", "Local authority told"
    CONSENTED = "consented", "Consent given"
    NOT_CONSENTED = "not_consented", "Consent not given"
    REFERRED = "referred", "Referred"
    NOTIFIED = "notified", "Notified without identity"
    RULED_OUT = "ruled_out", "Ruled out"


OPEN: frozenset[str] = frozenset(
    {
        ConcernStatus.RAISED,
        ConcernStatus.AUTHORITY_TOLD,
        ConcernStatus.CONSENTED,
        ConcernStatus.NOT_CONSENTED,
    }
)


class Responder(TextChoices):
    """Whom a concern was referred to or by. The charity is no first responder and is not among them [28]."""

    POLICE = "police", "A police force"
    LOCAL_AUTHORITY = "local_authority", "A local authority"
    NCA = "nca", "The National Crime Agency"
    HOME_OFFICE = "home_office", "The Home Office"
    GLAA = "glaa", "The Gangmasters and Labour Abuse Authority"
    SALVATION_ARMY = "salvation_army", "The Salvation Army"
    BARNARDOS = "barnardos", "Barnardo’s"
    NSPCC = "nspcc", "The NSPCC"
    MIGRANT_HELP = "migrant_help", "Migrant Help"
    OTHER_FIRST = "other_first", "Another first responder"
    SAFEGUARDING = "safeguarding", "Police safeguarding"
    FORCED_MARRIAGE_UNIT = "forced_marriage_unit", "The Forced Marriage Unit"
    CT_LIAISON = "ct_liaison", "Counter-terrorism liaison"


_R = Responder
FIRST_RESPONDERS: tuple[Responder, ...] = (
    _R.POLICE,
    _R.LOCAL_AUTHORITY,
    _R.NCA,
    _R.HOME_OFFICE,
    _R.GLAA,
    _R.SALVATION_ARMY,
    _R.BARNARDOS,
    _R.NSPCC,
    _R.MIGRANT_HELP,
    _R.OTHER_FIRST,
)
# By which path a concern ends with whom.
RESPONDERS: dict[str, tuple[Responder, ...]] = {
    Path.CHILD: FIRST_RESPONDERS,
    Path.ADULT: FIRST_RESPONDERS,
    Path.SAFEGUARDING: (_R.SAFEGUARDING, _R.FORCED_MARRIAGE_UNIT),
    Path.COUNTER_TERRORISM: (_R.CT_LIAISON,),
}
# Which flag raises which concern: for anybody, and for a child (or an unknown age) alone.
RAISED_BY: dict[str, Kind] = {
    FlagKind.TRAFFICKING: Kind.TRAFFICKING,
    FlagKind.COUNTY_LINES: Kind.TRAFFICKING,
    FlagKind.HONOUR_BASED_ABUSE: Kind.FORCED_MARRIAGE,
    FlagKind.TERRORISM: Kind.TERRORISM,
}
RAISED_FOR_A_CHILD: dict[str, Kind] = {
    FlagKind.CSE: Kind.TRAFFICKING,
    FlagKind.UASC: Kind.TRAFFICKING,
}
# A family may be the danger: nothing of such a concern is told to them, nor that there is one.
NOT_FOR_FAMILY: frozenset[str] = frozenset({Kind.FORCED_MARRIAGE})


def path_of(kind: str, *, is_child: bool) -> Path:
    """The way of a concern."""
    if kind == Kind.FORCED_MARRIAGE:
        return Path.SAFEGUARDING
    if kind == Kind.TERRORISM:
        return Path.COUNTER_TERRORISM
    return Path.CHILD if is_child else Path.ADULT


def raised_by(flag: str, *, is_child: bool) -> Kind | None:
    """What a flag raises, if anything."""
    return RAISED_BY.get(flag) or (RAISED_FOR_A_CHILD.get(flag) if is_child else None)
