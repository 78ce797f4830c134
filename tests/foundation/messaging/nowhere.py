"""A gateway that is broken in itself."""

from foundation.messaging.gateways.base import NotReached, Outgoing


class Nothing:
    channel = "sms"

    def send(self, outgoing):
        raise ZeroDivisionError


class Unreachable:
    """A provider in bulk that nothing can be handed to."""

    def send_many(self, work):
        for given in work:
            if isinstance(given, Outgoing):
                yield given, NotReached("The text provider could not be reached.")
