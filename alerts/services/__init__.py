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
from alerts.services.ending import cancel_alert, end_for_incident, expire_due
from alerts.services.going_on import renew_alert, review_alert
from alerts.services.issuing import issue_alert, issue_also_by, update_alert
from alerts.services.pictures import open_picture
from alerts.services.proposing import content_from, propose_alert
from alerts.services.ranks import set_authorising_rank
from alerts.services.removing import remove_picture
from alerts.services.room import check_criterion, comment, confirm_call_handling, open_alert
from alerts.services.sending import let_ends_go
from alerts.services.spending import approve_cost, enter_calls, set_ceiling, set_price
from alerts.services.telephone import record_telephone_agreement, take_back_agreement, witness_agreement

__all__ = [
    "ContentDetails",
    "Words",
    "agree_alert",
    "approve_cost",
    "ask_again",
    "authorise_alert",
    "call_off",
    "cancel_alert",
    "check_criterion",
    "choose_areas",
    "comment",
    "confirm_call_handling",
    "content_from",
    "decline_alert",
    "details_of",
    "edit_content",
    "end_before_issue",
    "end_for_incident",
    "enter_calls",
    "expire_due",
    "issue_alert",
    "issue_also_by",
    "let_ends_go",
    "open_alert",
    "open_picture",
    "propose_alert",
    "record_telephone_agreement",
    "remove_picture",
    "renew_alert",
    "review_alert",
    "set_authorising_rank",
    "set_ceiling",
    "set_polygon",
    "set_price",
    "take_back_agreement",
    "update_alert",
    "witness_agreement",
]
