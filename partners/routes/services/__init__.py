"""Every verb of routes: the only writers."""

from partners.routes.services.raising import follow_age, raise_by_hand, raise_for_flag, raise_for_report
from partners.routes.services.stepping import notify, record_consent, refer, rule_out, tell_authority

__all__ = [
    "follow_age",
    "notify",
    "raise_by_hand",
    "raise_for_flag",
    "raise_for_report",
    "record_consent",
    "refer",
    "rule_out",
    "tell_authority",
]
