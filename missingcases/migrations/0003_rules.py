"""The proposed values of domain.md sections 1 and 2, for administrators to change."""

from typing import ClassVar

from django.db import migrations

SHIFT = 8 * 60
# level, who, review, minutes after grading, minutes between repeats
REVIEWS = (
    ("no_apparent", "child", "absent", 120, None),
    ("no_apparent", "adult", "absent", 360, None),
    ("low", "anyone", "low", 24 * 60, 24 * 60),
    ("medium", "anyone", "supervisor", 240, SHIFT),
    ("high", "anyone", "supervisor", 60, SHIFT),
    ("high", "anyone", "inspector", 120, None),
)
# flag, who, what, whose task, step, hours
FLAGS = (
    ("trafficking", "child", "tell_local_authority", "placing_authority", 1, 1),
    ("trafficking", "child", "nrm_referral", "placing_authority", 2, 24),
    ("trafficking", "adult", "nrm_consent", "owner_force", 1, 24),
    ("cse", "anyone", "mash_referral", "owner_force", 1, 24),
    ("terrorism", "anyone", "counter_terrorism", "owner_force", 1, 1),
    ("abduction", "anyone", "crime_record", "owner_force", 1, 1),
    ("abduction", "child", "consider_alert", "owner_force", 2, 1),
    ("abduction", "anyone", "port_alert", "owner_force", 3, 1),
)


def fill(apps, schema_editor) -> None:
    review, rule = apps.get_model("missingcases", "ReviewRule"), apps.get_model("missingcases", "ActionRule")
    for level, who, kind, first, then in REVIEWS:
        review.objects.create(
            level=level, applies_to=who, kind=kind, first_after_minutes=first, then_every_minutes=then
        )
    for days in (30, 90):
        for owner in ("owner_force", "placing_authority"):
            rule.objects.create(
                trigger="repeat_count",
                incidents=3,
                within_days=days,
                action_kind="strategy_discussion",
                action_owner=owner,
            )
    for owner in ("owner_force", "placing_authority"):
        rule.objects.create(
            trigger="long_absence", over_hours=24, action_kind="strategy_discussion", action_owner=owner
        )
    for flag, who, kind, owner, step, hours in FLAGS:
        rule.objects.create(
            trigger="flag",
            flag_kind=flag,
            applies_to=who,
            action_kind=kind,
            action_owner=owner,
            step=step,
            due_within_hours=hours,
        )
    rule.objects.create(
        trigger="risk", risk_level="high", action_kind="high_risk_response", due_within_hours=1
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("missingcases", "0002_finding_kept")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
