"""Accounts, messages, systems and sign-in: an organisation's own people see to them."""

from __future__ import annotations

from foundation.accounts.enums import INSPECTORS, OPERATORS, POLICE, SUPERVISORS, Role
from foundation.accounts.models import Organisation
from foundation.audit.models import AuditEvent, Reason
from tests.walls.matrix.knowing import Known, May

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
WATCHERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
ANYBODY = frozenset(Role)
# Those who act in the alert of the world (tests/walls/alerting.py).
IN_THE_ROOM = frozenset({"officer@met.example", "commander@met.example", "manager@charity.example"})

# Those who work on referrals and matches for the partner of the world (tests/walls/{referring,matched}.py).
WORKERS = frozenset({"walled@partner.example", "blind@walled-partner.example"})


def _of(where: str) -> tuple[May, ...]:
    return (May(where, ADMINISTRATOR),)


def _giver(reason: Reason) -> Organisation | None:
    event = AuditEvent.objects.filter(reason_id=reason.pk).first()
    return None if event is None else Organisation.objects.filter(pk=event.organisation_id).first()


KNOWN_TO: Known = {
    # Who somebody is: their colleagues, the other side of what they do together, and the authority that they
    # work for. `viewers` gives each a name of their own, so a name that reaches a stranger is seen.
    "accounts.User": (
        May("@metropolitan", ANYBODY),
        May("@missing-people", ANYBODY),
        May("@walled-council", {Role.LOCAL_AUTHORITY}, attribute="email", values={"walled@rhi.example"}),
        # A partner's own workers, to colleagues there.
        May("@walled-partner", ANYBODY, attribute="email", values=WORKERS),
        # Who said yes, checked and commented, for all in the launch room (docs/child-rescue-alert.md).
        May("@ukmpu", {Role.NATIONAL_UNIT}, attribute="email", values=IN_THE_ROOM),
    ),
    "accounts.Invitation": _of("organisation"),
    # The reasons of the trail, for the auditor of whoever gave them.
    "audit.Reason": (May(_giver, {Role.AUDITOR}),),
    "clients.Client": _of("organisation"),
    "desk.DeskRule": (
        May("organisation", POLICE),
        # Whom the desk rings: the administrator who sets it, and everybody who may be at the desk.
        May("organisation", ADMINISTRATOR),
    ),
    "desk.DeskRule.inspector_phone": (May("organisation", ADMINISTRATOR | INSPECTORS | SUPERVISORS),),
    "hooks.Endpoint": _of("organisation"),
    "messaging.Switch": (May("@missing-people", OPERATORS), May("@metropolitan", ADMINISTRATOR)),
    # By what alerts leave: the charity, which sends them.
    "messaging.Line": (May("@missing-people", OPERATORS),),
    # Why a message failed: those who look after the messages of that organisation. Nobody reads its words
    # in the log of messages; whoever may reads them where they were written.
    "messaging.Message": (),
    "messaging.Message.failed_reason": (
        May("organisation", WATCHERS),
        May("organisation", OPERATORS),
    ),
    "messaging.Attempt": (May("message.organisation", WATCHERS), May("message.organisation", OPERATORS)),
    "messaging.Inbound": (),
    "single_sign_on.Provider": _of("organisation"),
    "single_sign_on.EmailDomain": _of("provider.organisation"),
    "single_sign_on.RoleRule": _of("provider.organisation"),
    "single_sign_on.Identity": _of("organisation"),
}
