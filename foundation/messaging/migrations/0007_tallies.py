"""How many deliveries stand how, by part, kept by the database itself: nobody counts a million rows to look."""

from django.db import migrations, models

TALLIES = """
CREATE FUNCTION messaging_tally_made() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO messaging_deliverytally (broadcast_id, part, status, count)
    SELECT broadcast_id, part, status, count(*) FROM made GROUP BY broadcast_id, part, status;
    RETURN NULL;
END $$;
CREATE FUNCTION messaging_tally_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO messaging_deliverytally (broadcast_id, part, status, count)
    SELECT broadcast_id, part, status, sum(one) FROM (
        SELECT broadcast_id, part, status, 1 AS one FROM moved
        UNION ALL SELECT broadcast_id, part, status, -1 FROM stood
    ) each GROUP BY broadcast_id, part, status HAVING sum(one) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER messaging_delivery_made AFTER INSERT ON messaging_delivery
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION messaging_tally_made();
CREATE TRIGGER messaging_delivery_moved AFTER UPDATE ON messaging_delivery
    REFERENCING OLD TABLE AS stood NEW TABLE AS moved FOR EACH STATEMENT
    EXECUTE FUNCTION messaging_tally_moved();
INSERT INTO messaging_deliverytally (broadcast_id, part, status, count)
SELECT broadcast_id, part, status, count(*) FROM messaging_delivery GROUP BY broadcast_id, part, status;
"""
NO_TALLIES = """
DROP TRIGGER messaging_delivery_moved ON messaging_delivery;
DROP TRIGGER messaging_delivery_made ON messaging_delivery;
DROP FUNCTION messaging_tally_moved();
DROP FUNCTION messaging_tally_made();
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0006_audiences")]

    operations = [
        migrations.CreateModel(
            name="DeliveryTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("broadcast_id", models.BigIntegerField(db_index=True)),
                ("part", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        max_length=12,
                        choices=[
                            ("queued", "Queued"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                            ("unknown", "Outcome unknown"),
                            ("suppressed", "Suppressed"),
                            ("cancelled", "Cancelled"),
                        ],
                    ),
                ),
                ("count", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(TALLIES, NO_TALLIES),
    ]
