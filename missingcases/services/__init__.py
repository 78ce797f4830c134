"""Every verb of missingcases: the only writers."""

from missingcases.services.actions import add_action, finish_action
from missingcases.services.addresses import AddressDetails, add_address, edit_address
from missingcases.services.audience import (
    lift_restriction,
    name_person,
    restrict_incident,
    restrict_to,
    unname_person,
)
from missingcases.services.closing import (
    InterviewDetails,
    OutcomeDetails,
    close_incident,
    record_outcome,
    record_prevention_interview,
)
from missingcases.services.common import lock_incident
from missingcases.services.files import open_attachment, open_photo, set_photo_consent
from missingcases.services.flags import set_flag
from missingcases.services.grading import Assessment, grade_absent, grade_missing, make_long_term
from missingcases.services.incidents import (
    ReportDetails,
    ReporterDetails,
    confirm_starts,
    edit_incident,
    report_incident,
)
from missingcases.services.lateness import escalate_overdue, watch_lengths
from missingcases.services.leaving import cancel_incident, reopen_incident
from missingcases.services.locating import (
    confirm_identification,
    record_located,
    record_returned,
    retract_located,
)
from missingcases.services.notes import add_attachment, add_note, add_photo
from missingcases.services.people import PersonDetails, PhoneDetails, add_phone, edit_person, edit_phone
from missingcases.services.record import reveal_section, write_section
from missingcases.services.release_checks import ReleaseTerms
from missingcases.services.release_reading import acknowledge_release, read_release
from missingcases.services.release_tidying import tidy_expired
from missingcases.services.releases import create_release, decide_release, revoke_release
from missingcases.services.reporters import edit_reporter
from missingcases.services.reviews import complete_review
from missingcases.services.rules import save_action_rule, save_review_rule
from missingcases.services.scanning import scan_waiting
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.transfers import (
    accept_transfer,
    decline_transfer,
    offer_transfer,
    withdraw_transfer,
)

__all__ = [
    "AddressDetails",
    "Assessment",
    "InterviewDetails",
    "OutcomeDetails",
    "PersonDetails",
    "PhoneDetails",
    "ReleaseTerms",
    "ReportDetails",
    "ReporterDetails",
    "accept_transfer",
    "acknowledge_release",
    "add_action",
    "add_address",
    "add_attachment",
    "add_note",
    "add_phone",
    "add_photo",
    "add_timeline_entry",
    "cancel_incident",
    "close_incident",
    "complete_review",
    "confirm_identification",
    "confirm_starts",
    "create_release",
    "decide_release",
    "decline_transfer",
    "edit_address",
    "edit_incident",
    "edit_person",
    "edit_phone",
    "edit_reporter",
    "escalate_overdue",
    "finish_action",
    "grade_absent",
    "grade_missing",
    "lift_restriction",
    "lock_incident",
    "make_long_term",
    "name_person",
    "offer_transfer",
    "open_attachment",
    "open_photo",
    "read_release",
    "record_located",
    "record_outcome",
    "record_prevention_interview",
    "record_returned",
    "reopen_incident",
    "report_incident",
    "restrict_incident",
    "restrict_to",
    "retract_located",
    "reveal_section",
    "revoke_release",
    "save_action_rule",
    "save_review_rule",
    "scan_waiting",
    "set_flag",
    "set_photo_consent",
    "tidy_expired",
    "unname_person",
    "watch_lengths",
    "withdraw_transfer",
    "write_section",
]
