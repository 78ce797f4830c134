"""The trail as the database keeps it: partitioned by month, and refusing every change.

The table of 0001 is made again, partitioned, so that an old month can later be dropped whole while
its seals stay. The refusal fires for everybody, replication roles included (ENABLE ALWAYS), and for
each partition too, where a TRUNCATE would otherwise slip past its parent.
"""

from typing import ClassVar

from django.db import migrations

FORWARD = """
ALTER TABLE audit_auditevent RENAME TO audit_auditevent_plain;
CREATE TABLE audit_auditevent (
    LIKE audit_auditevent_plain INCLUDING DEFAULTS INCLUDING IDENTITY,
    PRIMARY KEY (id, recorded_at)
) PARTITION BY RANGE (recorded_at);
DROP TABLE audit_auditevent_plain;
CREATE INDEX audit_by_record ON audit_auditevent (target, target_id, id DESC);
CREATE INDEX audit_by_user ON audit_auditevent (user_id, id DESC);
CREATE INDEX audit_by_incident ON audit_auditevent (incident_id, id DESC);
CREATE INDEX audit_by_organisation ON audit_auditevent (organisation_id, id DESC);
CREATE INDEX audit_outside_own_work ON audit_auditevent (id DESC) WHERE outside_own_work;

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_refuse_change(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON %s
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()', kept);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER audit_no_change', kept);
END $$;

CREATE FUNCTION audit_refuse_truncate(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()', kept);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER audit_no_truncate', kept);
END $$;

CREATE FUNCTION audit_make_partition(month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    part text := 'audit_auditevent_' || to_char(month, 'YYYYMM');
    starts timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    ends timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_auditevent FOR VALUES FROM (%L) TO (%L)',
        part, starts, ends);
    PERFORM audit_refuse_truncate(part::regclass);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_no_change', part);
    RETURN true;
END $$;

SELECT audit_refuse_change('audit_auditevent');
SELECT audit_refuse_truncate('audit_auditevent');
CREATE TABLE audit_auditevent_other PARTITION OF audit_auditevent DEFAULT;
SELECT audit_refuse_truncate('audit_auditevent_other');
ALTER TABLE audit_auditevent_other ENABLE ALWAYS TRIGGER audit_no_change;
SELECT audit_make_partition((current_date + make_interval(months => ahead))::date)
    FROM generate_series(0, 12) AS ahead;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
