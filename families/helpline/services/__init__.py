"""Every verb of the helpline's own contacts. `from families.helpline import services as helpline`."""

from families.helpline.services.concerns import (
    keep_confidential,
    propose_words,
    raise_concern,
    release_to_force,
    take_concern,
)
from families.helpline.services.contacts import (
    begin_contact,
    claim_contact,
    close_contact,
    end_call,
    hand_over,
    record_opened,
    record_three_way,
    save_notes,
    take_message_home,
)
from families.helpline.services.linking import decide_link, end_link, link_contact
from families.helpline.services.mails import answer_mail, may_answer, take_mail

__all__ = [
    "answer_mail",
    "begin_contact",
    "claim_contact",
    "close_contact",
    "decide_link",
    "end_call",
    "end_link",
    "hand_over",
    "keep_confidential",
    "link_contact",
    "may_answer",
    "propose_words",
    "raise_concern",
    "record_opened",
    "record_three_way",
    "release_to_force",
    "save_notes",
    "take_concern",
    "take_mail",
    "take_message_home",
]
