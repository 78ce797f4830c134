"""Kinds of organisation and the roles people hold in them (domain.md sections 8 and 10)."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What sort of body an organisation is; it decides which roles its people may hold."""

    POLICE_FORCE = "police_force", "Police force"
    CHARITY = "charity", "Charity"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    NATIONAL_UNIT = "national_unit", "National unit"
    PARTNER = "partner", "Partner organisation"


class Role(TextChoices):
    """What a membership lets somebody do. Policies name roles; nothing else grants anything."""

    POLICE_OFFICER = "police_officer", "Police officer or liaison"
    POLICE_SUPERVISOR = "police_supervisor", "Police supervisor"
    POLICE_INSPECTOR = "police_inspector", "Police inspector"
    POLICE_SUPERINTENDENT = "police_superintendent", "Police superintendent"
    POLICE_COORDINATOR = "police_coordinator", "Missing person coordinator"
    CHARITY_CASEWORKER = "charity_caseworker", "Charity caseworker"
    CHARITY_MANAGER = "charity_manager", "Charity duty manager"
    CHARITY_PUBLICITY = "charity_publicity", "Charity publicity officer"
    FAMILY_SUPPORT = "family_support", "Family support worker"
    RHI_INTERVIEWER = "rhi_interviewer", "Return Home Interviewer"
    LOCAL_AUTHORITY = "local_authority", "Local authority worker"
    NATIONAL_UNIT = "national_unit", "National unit officer"
    PARTNER_WORKER = "partner_worker", "Partner worker"
    AUDITOR = "auditor", "Auditor or data protection officer"
    ADMINISTRATOR = "administrator", "Administrator"
    # Not held by people: what an API client or our own machinery acts as.
    API_CLIENT = "api_client", "API client"
    SYSTEM = "system", "System"


# Each step up may do what the step below may.
POLICE_RANKS: tuple[Role, ...] = (
    Role.POLICE_OFFICER,
    Role.POLICE_SUPERVISOR,
    Role.POLICE_INSPECTOR,
    Role.POLICE_SUPERINTENDENT,
)


def at_least(rank: Role) -> frozenset[Role]:
    """Return the police roles at or above `rank`."""
    return frozenset(POLICE_RANKS[POLICE_RANKS.index(rank) :])


def words_for(roles: frozenset[Role]) -> str:
    """The people with one of `roles`, in words: "police inspector or above"; empty where it is no person."""
    people = [role for role in Role if role in roles and role not in {Role.API_CLIENT, Role.SYSTEM}]
    ranks = [role for role in people if role in POLICE_RANKS]
    others = [_in_a_sentence(role) for role in people if role not in ranks]
    if not ranks:
        return " or ".join(others)
    if ranks[0] == Role.POLICE_OFFICER:
        return " or ".join(["police officer", *others])
    above = " or above" if len(ranks) > 1 else ""
    return " or ".join([f"{_in_a_sentence(ranks[0])}{above}", *others])


def _in_a_sentence(role: Role) -> str:
    return role.label[0].lower() + role.label[1:]


POLICE = at_least(Role.POLICE_OFFICER) | {Role.POLICE_COORDINATOR}
SUPERVISORS = at_least(Role.POLICE_SUPERVISOR)
INSPECTORS = at_least(Role.POLICE_INSPECTOR)
SUPERINTENDENTS = at_least(Role.POLICE_SUPERINTENDENT)
# The charity answers, screens and speaks for those who write to it.
HELPLINE = frozenset({Role.CHARITY_CASEWORKER, Role.CHARITY_MANAGER})
PUBLICITY_DESK = frozenset({Role.CHARITY_PUBLICITY, Role.CHARITY_MANAGER})
# They share what is released to the charity as a whole; a Return Home Interviewer is named one by one.
CHARITY_STAFF = HELPLINE | PUBLICITY_DESK | {Role.FAMILY_SUPPORT}
# They may see an incident's record, where an audience row says so; others hold no more than a release.
RECORD_READERS = POLICE | {Role.LOCAL_AUTHORITY, Role.NATIONAL_UNIT}
# They look after the installation, by day and at night.
OPERATORS = frozenset({Role.ADMINISTRATOR, Role.CHARITY_MANAGER})

_EVERYWHERE = {Role.AUDITOR, Role.ADMINISTRATOR}
ROLES_OF_KIND: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.POLICE_FORCE: frozenset(POLICE | _EVERYWHERE),
    OrganisationKind.CHARITY: frozenset(CHARITY_STAFF | {Role.RHI_INTERVIEWER} | _EVERYWHERE),
    OrganisationKind.LOCAL_AUTHORITY: frozenset({Role.LOCAL_AUTHORITY, Role.RHI_INTERVIEWER} | _EVERYWHERE),
    OrganisationKind.NATIONAL_UNIT: frozenset({Role.NATIONAL_UNIT} | _EVERYWHERE),
    OrganisationKind.PARTNER: frozenset({Role.PARTNER_WORKER} | _EVERYWHERE),
}
