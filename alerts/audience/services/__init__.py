"""Everything that writes the audience. `from alerts.audience import services as audience`."""

from alerts.audience.services.asking import send_link, still_theirs
from alerts.audience.services.choosing import go_on, go_on_due, leave, pause, set_choices
from alerts.audience.services.keeping_up import count_month, forget, forget_gone, leave_suppressed
from alerts.audience.services.lists import confirm_list, drop_list, receive_list
from alerts.audience.services.restored import go_on_again, leave_again, pause_again
from alerts.audience.services.signing_up import begin, confirm, still_open
from alerts.audience.services.systems import begin_system, confirm_contact, system_still_open
from alerts.audience.services.systems_kept import (
    rehearse,
    rehearse_no_more,
    remove_system,
    renew_secret,
    secrets_of,
    send_system_link,
    tell_ended,
)
from alerts.audience.services.tables import add_tester, load_districts, remove_tester
from alerts.audience.services.taking import read_submissions, take_form
from alerts.audience.services.verifying import ask_systems

__all__ = [
    "add_tester",
    "ask_systems",
    "begin",
    "begin_system",
    "confirm",
    "confirm_contact",
    "confirm_list",
    "count_month",
    "drop_list",
    "forget",
    "forget_gone",
    "go_on",
    "go_on_again",
    "go_on_due",
    "leave",
    "leave_again",
    "leave_suppressed",
    "load_districts",
    "pause",
    "pause_again",
    "read_submissions",
    "receive_list",
    "rehearse",
    "rehearse_no_more",
    "remove_system",
    "remove_tester",
    "renew_secret",
    "secrets_of",
    "send_link",
    "send_system_link",
    "set_choices",
    "still_open",
    "still_theirs",
    "system_still_open",
    "take_form",
    "tell_ended",
]
