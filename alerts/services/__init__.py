"""Every verb of an alert: the only writers."""

from alerts.drafting import ContentDetails, Words
from alerts.services.areas import choose_areas
from alerts.services.content import details_of, edit_content, set_polygon
from alerts.services.deciding import (
    agree_alert,
    ask_again,
    authorise_alert,
    call_off,
    decline_alert,
    end_before_issue,
)
from alerts.services.pictures import open_picture
from alerts.services.proposing import content_from, propose_alert
from alerts.services.room import check_criterion, comment, confirm_call_handling, open_alert
from alerts.services.telephone import record_telephone_agreement, take_back_agreement, witness_agreement

__all__ = [
    "ContentDetails",
    "Words",
    "agree_alert",
    "ask_again",
    "authorise_alert",
    "call_off",
    "check_criterion",
    "choose_areas",
    "comment",
    "confirm_call_handling",
    "content_from",
    "decline_alert",
    "details_of",
    "edit_content",
    "end_before_issue",
    "open_alert",
    "open_picture",
    "propose_alert",
    "record_telephone_agreement",
    "set_polygon",
    "take_back_agreement",
    "witness_agreement",
]
