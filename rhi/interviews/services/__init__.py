"""Every verb of interviews. `from rhi.interviews import services as interviews`."""

from rhi.interviews.services.finishing import approve, complete, may_approve, may_reopen, reopen
from rhi.interviews.services.outcomes import (
    confirm_outcome,
    drop_outcome,
    finish_action,
    finish_outcome,
    note_action_read,
)
from rhi.interviews.services.phones import Standing, end_copy, standing, take_to_phone
from rhi.interviews.services.starting import start
from rhi.interviews.services.themes import add_theme, retire_theme
from rhi.interviews.services.writing import Typed, save_answer, save_section

__all__ = [
    "Standing",
    "Typed",
    "add_theme",
    "approve",
    "complete",
    "confirm_outcome",
    "drop_outcome",
    "end_copy",
    "finish_action",
    "finish_outcome",
    "may_approve",
    "may_reopen",
    "note_action_read",
    "reopen",
    "retire_theme",
    "save_answer",
    "save_section",
    "standing",
    "start",
    "take_to_phone",
]
