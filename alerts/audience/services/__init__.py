"""Everything that writes the audience. `from alerts.audience import services as audience`."""

from alerts.audience.services.asking import send_link, still_theirs
from alerts.audience.services.choosing import go_on, go_on_due, leave, pause, set_choices
from alerts.audience.services.keeping_up import count_month, forget, leave_again, leave_suppressed
from alerts.audience.services.signing_up import begin, confirm, still_open
from alerts.audience.services.taking import read_submissions, take_form

__all__ = [
    "begin",
    "confirm",
    "count_month",
    "forget",
    "go_on",
    "go_on_due",
    "leave",
    "leave_again",
    "leave_suppressed",
    "pause",
    "read_submissions",
    "send_link",
    "set_choices",
    "still_open",
    "still_theirs",
    "take_form",
]
