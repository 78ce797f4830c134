"""What TextSafe keeps."""

from textsafe.models.conversations import Conversation, ConversationMessage, Escalation, TriageItem
from textsafe.models.requests import Request, Veto
from textsafe.models.rules import AutomationPolicy, Wording

__all__ = [
    "AutomationPolicy",
    "Conversation",
    "ConversationMessage",
    "Escalation",
    "Request",
    "TriageItem",
    "Veto",
    "Wording",
]
