"""What CAP keeps: messages both ways, what came in before it was read, and partners who are told."""

from alerts.cap.models.arrivals import CapArrival, CapProposal
from alerts.cap.models.messages import CapMessage, PublicCapMessage
from alerts.cap.models.targets import Push, PushTarget

__all__ = ["CapArrival", "CapMessage", "CapProposal", "PublicCapMessage", "Push", "PushTarget"]
