"""An appeal that brings a Child Rescue Alert to channels: whose it is, and where outlets lead in its place."""

from django.db import migrations, models

# As in 0008, with two columns more.
READ = """
CREATE OR REPLACE VIEW appeals_public_placement AS
SELECT placement.id AS placement_id, placement.reference, placement.outlet_id, placement.change,
       appeal.token, appeal.reference AS appeal_reference, placement.shown, placement.content_id,
       publication.area_ids, placement.live_at, placement.updated_at, appeal.expires_at,
       placement.embargo_until,
       (
           appeal.status = 'live'
           AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
           AND NOT incident.starts_held
           AND (appeal.expires_at IS NULL OR appeal.expires_at > now())
       ) AND placement.status = 'live' AND outlet.is_active AS is_live,
       COALESCE(placement.withdraw_from, appeal.withdrawn_at) AS gone_at,
       placement.status = 'withdrawing' AS is_untold,
       placement.status = 'confirmed' AS is_confirmed,
       placement.status = 'replaced' AS is_replaced,
       appeal.page,
       appeal.alert_id IS NOT NULL AS is_alert
FROM appeals_placement placement
JOIN appeals_appeal appeal ON appeal.id = placement.appeal_id
JOIN appeals_outlet outlet ON outlet.id = placement.outlet_id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
LEFT JOIN appeals_publication publication ON publication.appeal_id = appeal.id
WHERE placement.live_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0010_pages_that_carry_the_helpline")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="alert_id",
            field=models.BigIntegerField(
                blank=True,
                help_text="The Child Rescue Alert that it brings to channels.",
                null=True,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="alert_notice_id",
            field=models.BigIntegerField(
                blank=True, help_text="The notice of it that channels were told last.", null=True
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="page",
            field=models.CharField(
                blank=True, help_text="The path that outlets lead to, if not the appeal's own.", max_length=80
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("high_risk_urgent", "High risk, urgent"),
                    ("standard", "Standard"),
                    ("poster", "Poster"),
                    ("web_only", "Website only"),
                    ("regional", "Regional"),
                    ("anniversary", "Anniversary"),
                    ("birthday", "Birthday"),
                    ("age_progressed", "Age-progressed picture"),
                    ("long_term", "Long-term"),
                    ("child_rescue_alert", "Child Rescue Alert"),
                ],
                default="standard",
                max_length=18,
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="origin",
            field=models.CharField(
                choices=[
                    ("police", "Asked for by police"),
                    ("charity", "Begun by the charity"),
                    ("system", "Sent by a system of the force"),
                    ("feed", "Read from the force's feed"),
                    ("proposed", "Proposed for the day"),
                    ("alert", "A Child Rescue Alert"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="withdrawn_cause",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stopped", "The incident is no longer open"),
                    ("consent_withdrawn", "Consent was withdrawn"),
                    ("police_veto", "Police asked for it"),
                    ("staff", "The charity withdrew it"),
                    ("expired", "Its time was over"),
                    ("merged", "Another appeal took its place"),
                    ("alert_ended", "The Child Rescue Alert ended"),
                ],
                max_length=18,
            ),
        ),
        migrations.AlterField(
            model_name="sharingpolicy",
            name="kind",
            field=models.CharField(
                choices=[
                    ("high_risk_urgent", "High risk, urgent"),
                    ("standard", "Standard"),
                    ("poster", "Poster"),
                    ("web_only", "Website only"),
                    ("regional", "Regional"),
                    ("anniversary", "Anniversary"),
                    ("birthday", "Birthday"),
                    ("age_progressed", "Age-progressed picture"),
                    ("long_term", "Long-term"),
                    ("child_rescue_alert", "Child Rescue Alert"),
                ],
                default="standard",
                max_length=18,
            ),
        ),
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.AddField("publicplacement", "page", models.CharField(default="", max_length=80)),
        migrations.AddField("publicplacement", "is_alert", models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("alert_id__isnull", False),
                        ("kind", "child_rescue_alert"),
                        models.Q(("page", ""), _negated=True),
                    ),
                    models.Q(("alert_id__isnull", True), ("page", "")),
                    _connector="OR",
                ),
                name="an_alerts_appeal_names_its_alert",
            ),
        ),
    ]
