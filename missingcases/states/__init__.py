"""Every transition table of missingcases."""

from missingcases.states.incident import INCIDENT
from missingcases.states.releases import RELEASE
from missingcases.states.work import ACTION, ACTION_WORKERS, ATTACHMENT_SCAN, TRANSFER

__all__ = ["ACTION", "ACTION_WORKERS", "ATTACHMENT_SCAN", "INCIDENT", "RELEASE", "TRANSFER"]
