"""Calling many other systems at once over HTTP, each by a few steps written one after the other.

Networks know nothing of curl: they yield a `Call`, get its `Answer`, and return what came of it.
"""

from foundation.calling.running import as_they_end, run_all
from foundation.calling.types import Answer, Call, CallFailed, Steps, expect

__all__ = ["Answer", "Call", "CallFailed", "Steps", "as_they_end", "expect", "run_all"]
