"""A child who stays absent is graded again after a limit (domain.md section 1, P)."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

CHILD_LIMIT_HOURS = 6
TRIGGERS = [
    ("repeat_count", "A number of incidents within days"),
    ("long_absence", "Missing for longer than"),
    ("absent_limit", "Absent for longer than"),
    ("flag", "A flag becomes active"),
    ("risk", "Graded at this risk"),
]
_NO_COUNT = {"incidents__isnull": True, "within_days__isnull": True}


def fill(apps, schema_editor) -> None:
    apps.get_model("missingcases", "ActionRule").objects.create(
        trigger="absent_limit",
        over_hours=CHILD_LIMIT_HOURS,
        applies_to="child",
        action_kind="grade_again",
        action_owner="owner_force",
        due_within_hours=1,
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("missingcases", "0004_absence_is_reviewed_again")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AlterField(
            model_name="action",
            name="trigger",
            field=models.CharField(blank=True, choices=TRIGGERS, max_length=14),
        ),
        migrations.AlterField(
            model_name="actionrule",
            name="trigger",
            field=models.CharField(choices=TRIGGERS, max_length=14),
        ),
        migrations.RemoveConstraint(model_name="actionrule", name="action_rule_has_its_threshold"),
        migrations.AddConstraint(
            model_name="actionrule",
            constraint=models.CheckConstraint(
                condition=Q(
                    trigger="repeat_count",
                    incidents__gte=2,
                    within_days__gte=1,
                    over_hours__isnull=True,
                    flag_kind="",
                    risk_level="",
                )
                | Q(
                    trigger__in=["long_absence", "absent_limit"],
                    over_hours__gte=1,
                    flag_kind="",
                    risk_level="",
                    **_NO_COUNT,
                )
                | Q(Q(trigger="flag") & ~Q(flag_kind=""), over_hours__isnull=True, risk_level="", **_NO_COUNT)
                | Q(
                    Q(trigger="risk") & ~Q(risk_level=""), over_hours__isnull=True, flag_kind="", **_NO_COUNT
                ),
                name="action_rule_has_its_threshold",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
