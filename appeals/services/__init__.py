"""The verbs of publicity: the only writers."""

from appeals.services.calling import call_due
from appeals.services.deciding import (
    authorise,
    pause,
    publish_appeal,
    publish_due,
    publish_scheduled,
    renew,
    resume,
    unschedule,
)
from appeals.services.editing import (
    ContentDetails,
    Words,
    details_of,
    save_content,
    words_of,
    write_again,
)
from appeals.services.lapsing import ask_before_expiry, lapse_due
from appeals.services.pages import make_due_pages, make_public_files
from appeals.services.pictures import cut_picture, offer_photo
from appeals.services.placing import show_due
from appeals.services.players import watch_players
from appeals.services.proposing import propose_for_the_day
from appeals.services.reading import open_appeal, open_picture, record_figures_viewed, record_list_read
from appeals.services.recording import (
    ConsentDetails,
    check_risk,
    override_consent,
    record_consent,
    record_view,
)
from appeals.services.renditions import clear_files, clear_left_over
from appeals.services.requesting import aim_at, ask_for_appeal, decline, take_up
from appeals.services.sharing import share_appeal
from appeals.services.sharing_policies import SharingDetails, keep_despite_feed, set_sharing
from appeals.services.submissions import read_submissions
from appeals.services.switching_off import take_off_switched_off
from appeals.services.takedown import confirm_by_staff, seen_again, tell_again, try_again
from appeals.services.withdrawing import withdraw_all, withdraw_appeal

__all__ = [
    "ConsentDetails",
    "ContentDetails",
    "SharingDetails",
    "Words",
    "aim_at",
    "ask_before_expiry",
    "ask_for_appeal",
    "authorise",
    "call_due",
    "check_risk",
    "clear_files",
    "clear_left_over",
    "confirm_by_staff",
    "cut_picture",
    "decline",
    "details_of",
    "keep_despite_feed",
    "lapse_due",
    "make_due_pages",
    "make_public_files",
    "offer_photo",
    "open_appeal",
    "open_picture",
    "override_consent",
    "pause",
    "propose_for_the_day",
    "publish_appeal",
    "publish_due",
    "publish_scheduled",
    "read_submissions",
    "record_consent",
    "record_figures_viewed",
    "record_list_read",
    "record_view",
    "renew",
    "resume",
    "save_content",
    "seen_again",
    "set_sharing",
    "share_appeal",
    "show_due",
    "take_off_switched_off",
    "take_up",
    "tell_again",
    "try_again",
    "unschedule",
    "watch_players",
    "withdraw_all",
    "withdraw_appeal",
    "words_of",
    "write_again",
]
