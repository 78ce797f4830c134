"""The boards ask which clocks are over in a week. The tables are their services'; who reads them brings
the index, so that taking the figures out takes it along."""

from typing import ClassVar

from django.db import migrations

# Index: table, column. Rows without the time run no clock, and are left out.
INDEXES: dict[str, tuple[str, str]] = {
    "board_reviews": ("missingcases_reviewclock", "due_at"),
    "board_transfers": ("missingcases_transfer", "answer_by"),
    "board_releases": ("missingcases_release", "acknowledge_by"),
    "board_calls": ("desk_notice", "escalate_at"),
    "board_interviews": ("rhi_referral", "due_at"),
    "board_reports": ("rhi_referral", "report_due_at"),
    "board_replies": ("textsafe_conversationmessage", "answers_due_at"),
    "board_waiting": ("textsafe_conversation", "reply_due_at"),
    "board_triage": ("textsafe_triageitem", "look_by"),
    "board_takedowns": ("appeals_appeal", "withdrawn_at"),
    "board_sightings": ("appeals_sighting", "received_at"),
    "board_passing": ("appeals_sighting", "pass_by"),
    "board_referrals": ("partners_referral", "remind_at"),
    "board_taking_up": ("appeals_sighting", "acknowledge_by"),
}


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("missingcases", "0013_force_references_in_any_case"),
        ("desk", "0001_the_duty_desk"),
        ("rhi", "0004_told_to_systems"),
        ("textsafe", "0006_told_to_systems"),
        ("partners", "0001_referrals"),
        ("appeals", "0011_child_rescue_alerts_on_channels"),
    ]

    operations: ClassVar[list[migrations.RunSQL]] = [
        migrations.RunSQL(
            f"CREATE INDEX {name} ON {table} ({column}) WHERE {column} IS NOT NULL",
            f"DROP INDEX {name}",
        )
        for name, (table, column) in INDEXES.items()
    ]
