"""The ways of a message, of a broadcast and of one delivery.

Receipts never go backwards. What a provider or a receipt proves may overtake our own knowledge: a
message we hold for queued, cancelled or expired that is proved to have been sent is shown as sent.
"""

from foundation.accounts.enums import OPERATORS, Role
from foundation.messaging.enums import BroadcastStatus, DeliveryStatus, MessageStatus
from foundation.states import StateTable, Transition

_SYSTEM = frozenset({Role.SYSTEM})
# The owner's service decides who may stop its messages; a stop has to work for all of them.
_ANYONE = frozenset(Role)

Q = MessageStatus
_WAYS: tuple[tuple[MessageStatus, MessageStatus, str], ...] = (
    (Q.QUEUED, Q.SENDING, "message.claimed"),
    (Q.QUEUED, Q.SUPPRESSED, "message.suppressed"),
    (Q.QUEUED, Q.EXPIRED, "message.expired"),
    (Q.QUEUED, Q.FAILED, "message.failed"),
    (Q.QUEUED, Q.SENT, "message.proved_sent"),
    (Q.QUEUED, Q.DELIVERED, "message.proved_delivered"),
    (Q.SENDING, Q.QUEUED, "message.put_back"),
    (Q.SENDING, Q.SENT, "message.sent"),
    (Q.SENDING, Q.DELIVERED, "message.delivered"),
    (Q.SENDING, Q.FAILED, "message.failed"),
    (Q.SENDING, Q.EXPIRED, "message.expired"),
    (Q.SENDING, Q.UNKNOWN, "message.unknown"),
    (Q.SENDING, Q.SUPPRESSED, "message.suppressed"),
    (Q.SENDING, Q.CANCELLED, "message.refused"),
    (Q.SENT, Q.DELIVERED, "message.delivered"),
    (Q.SENT, Q.FAILED, "message.failed"),
    (Q.SENT, Q.EXPIRED, "message.expired"),
    (Q.UNKNOWN, Q.QUEUED, "message.sent_again"),
    (Q.UNKNOWN, Q.SENT, "message.found"),
    (Q.UNKNOWN, Q.EXPIRED, "message.expired"),
    (Q.FAILED, Q.DELIVERED, "message.proved_delivered"),
    (Q.EXPIRED, Q.DELIVERED, "message.proved_delivered"),
    (Q.CANCELLED, Q.SENT, "message.proved_sent"),
    (Q.CANCELLED, Q.DELIVERED, "message.proved_delivered"),
    (Q.SUPPRESSED, Q.SENT, "message.proved_sent"),
    (Q.SUPPRESSED, Q.DELIVERED, "message.proved_delivered"),
)

MESSAGE = StateTable(
    name="messaging.Message",
    states=tuple(MessageStatus.values),
    initial=(MessageStatus.QUEUED,),
    transitions=(
        *(Transition(source, to, _SYSTEM, action) for source, to, action in _WAYS),
        Transition(Q.QUEUED, Q.CANCELLED, _ANYONE, "message.cancelled"),
        # By a person, or by what the provider says; either gives the reason. `policies` says whose messages.
        Transition(Q.UNKNOWN, Q.DELIVERED, _SYSTEM | OPERATORS, "message.settled", reason_required=True),
        Transition(Q.UNKNOWN, Q.FAILED, _SYSTEM | OPERATORS, "message.settled", reason_required=True),
    ),
)

D = DeliveryStatus
DELIVERY = StateTable(
    name="messaging.Delivery",
    states=tuple(DeliveryStatus.values),
    # Taken from its audience it is on its way, or held by a suppression; it is queued only if it must wait.
    initial=(DeliveryStatus.SENDING, DeliveryStatus.SUPPRESSED),
    transitions=(
        Transition(D.QUEUED, D.SENDING, _SYSTEM, "delivery.claimed"),
        Transition(D.QUEUED, D.SUPPRESSED, _SYSTEM, "delivery.suppressed"),
        Transition(D.QUEUED, D.EXPIRED, _SYSTEM, "delivery.expired"),
        Transition(D.QUEUED, D.CANCELLED, _ANYONE, "delivery.cancelled"),
        Transition(D.QUEUED, D.SENT, _SYSTEM, "delivery.proved_sent"),
        Transition(D.QUEUED, D.DELIVERED, _SYSTEM, "delivery.proved_delivered"),
        Transition(D.SENDING, D.QUEUED, _SYSTEM, "delivery.put_back"),
        Transition(D.SENDING, D.SENT, _SYSTEM, "delivery.sent"),
        Transition(D.SENDING, D.DELIVERED, _SYSTEM, "delivery.delivered"),
        Transition(D.SENDING, D.FAILED, _SYSTEM, "delivery.failed"),
        Transition(D.SENDING, D.EXPIRED, _SYSTEM, "delivery.expired"),
        Transition(D.SENDING, D.CANCELLED, _SYSTEM, "delivery.not_handed_over"),
        Transition(D.SENDING, D.UNKNOWN, _SYSTEM, "delivery.unknown"),
        Transition(D.SENDING, D.SUPPRESSED, _SYSTEM, "delivery.suppressed"),
        Transition(D.SENT, D.DELIVERED, _SYSTEM, "delivery.delivered"),
        Transition(D.SENT, D.FAILED, _SYSTEM, "delivery.failed"),
        Transition(D.SENT, D.EXPIRED, _SYSTEM, "delivery.expired"),
        Transition(D.UNKNOWN, D.SENT, _SYSTEM, "delivery.found"),
        Transition(D.UNKNOWN, D.DELIVERED, _SYSTEM, "delivery.delivered"),
        Transition(D.UNKNOWN, D.FAILED, _SYSTEM, "delivery.failed"),
        Transition(D.UNKNOWN, D.EXPIRED, _SYSTEM, "delivery.expired"),
        Transition(D.FAILED, D.DELIVERED, _SYSTEM, "delivery.proved_delivered"),
        Transition(D.EXPIRED, D.DELIVERED, _SYSTEM, "delivery.proved_delivered"),
        Transition(D.CANCELLED, D.SENT, _SYSTEM, "delivery.proved_sent"),
        Transition(D.CANCELLED, D.DELIVERED, _SYSTEM, "delivery.proved_delivered"),
    ),
)

B = BroadcastStatus
BROADCAST = StateTable(
    name="messaging.Broadcast",
    states=tuple(BroadcastStatus.values),
    initial=(BroadcastStatus.OPEN,),
    transitions=(
        Transition(B.OPEN, B.PAUSED, _ANYONE, "broadcast.paused", reason_required=True),
        Transition(B.PAUSED, B.OPEN, _ANYONE, "broadcast.resumed", reason_required=True),
        Transition(B.OPEN, B.CANCELLED, _ANYONE, "broadcast.cancelled", reason_required=True),
        Transition(B.PAUSED, B.CANCELLED, _ANYONE, "broadcast.cancelled", reason_required=True),
        Transition(B.OPEN, B.DONE, _SYSTEM, "broadcast.done"),
        Transition(B.PAUSED, B.DONE, _SYSTEM, "broadcast.done"),
    ),
)
