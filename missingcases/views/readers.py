"""Who may reach an incident's pages at all; which incident, the selectors decide."""

from foundation.accounts.enums import CHARITY_STAFF, RECORD_READERS, Role

# Those beyond the record's readers hold no more than a release.
READERS = RECORD_READERS | CHARITY_STAFF | {Role.RHI_INTERVIEWER, Role.PARTNER_WORKER}
