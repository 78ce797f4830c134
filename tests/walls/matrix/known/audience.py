"""Who gets alerts: nobody reads an address; the charity reads whose list it is and who rehearses."""

from __future__ import annotations

from foundation.accounts.enums import Role
from tests.walls.matrix.knowing import Known, May

_KEEPERS = frozenset({Role.CHARITY_MANAGER, Role.ADMINISTRATOR})

KNOWN_TO: Known = {
    "audience.Subscriber": (May("@missing-people", _KEEPERS, attribute="is_test", values={True}),),
    "audience.Subscription": (),
    "audience.SignUp": (),
    "audience.SystemSignUp": (),
    "audience.PartnerSystem": (May("@missing-people", _KEEPERS),),
    "audience.PartnerSystem.contact": (),
    "audience.ListImport": (May("organisation", _KEEPERS),),
    "audience.BadLine": (May("list_import.organisation", _KEEPERS),),
}
