"""The verbs of cohort reviews."""

from reports.cohorts.services.coding import (
    change_reader,
    finish,
    finish_case,
    open_case_again,
    save_and_finish,
    save_case,
    take_book,
)
from reports.cohorts.services.deciding import decide, settle
from reports.cohorts.services.setting_up import Plan, begin, change_plan, give_up, set_up, take_lead
from reports.cohorts.services.wording import ThemeWords, change_book, change_list, write_book, write_list

__all__ = [
    "Plan",
    "ThemeWords",
    "begin",
    "change_book",
    "change_list",
    "change_plan",
    "change_reader",
    "decide",
    "finish",
    "finish_case",
    "give_up",
    "open_case_again",
    "save_and_finish",
    "save_case",
    "set_up",
    "settle",
    "take_book",
    "take_lead",
    "write_book",
    "write_list",
]
