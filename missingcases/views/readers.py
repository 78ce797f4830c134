"""Who may reach an incident's pages at all; which incident, the selectors decide."""

from foundation.accounts.enums import POLICE, Role

# They may see a record, where an audience row says so.
RECORD_READERS = POLICE | {Role.LOCAL_AUTHORITY, Role.NATIONAL_UNIT}
# They may also hold no more than a release.
READERS = RECORD_READERS | {
    Role.CHARITY_CASEWORKER,
    Role.CHARITY_MANAGER,
    Role.CHARITY_PUBLICITY,
    Role.FAMILY_SUPPORT,
    Role.RHI_INTERVIEWER,
    Role.PARTNER_WORKER,
}
