"""Every verb of subject access. `from missingcases.subject_access import services as access`."""

from missingcases.subject_access.services.answering import (
    begin,
    confirm_identity,
    confirm_review,
    decide_item,
    end_request,
    extend,
    fetch_pack,
    finish_review,
    give,
    include_kind,
    receive,
    send_back,
)
from missingcases.subject_access.services.working import collect, make_pack, resume_stalled, wipe_old

__all__ = [
    "begin",
    "collect",
    "confirm_identity",
    "confirm_review",
    "decide_item",
    "end_request",
    "extend",
    "fetch_pack",
    "finish_review",
    "give",
    "include_kind",
    "make_pack",
    "receive",
    "resume_stalled",
    "send_back",
    "wipe_old",
]
