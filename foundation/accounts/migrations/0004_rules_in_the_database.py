"""Roles fit the kind of organisation whoever writes, and the cache table the throttling lives in."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_role_fits_kind() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    body_kind text;
BEGIN
    SELECT kind INTO body_kind FROM accounts_organisation WHERE id = NEW.organisation_id;
    IF NOT (
        NEW.role IN ('auditor', 'administrator')
        OR (body_kind = 'police_force' AND NEW.role IN ('police_officer', 'police_supervisor',
            'police_inspector', 'police_superintendent', 'police_coordinator'))
        OR (body_kind = 'charity' AND NEW.role IN ('charity_caseworker', 'charity_manager',
            'charity_publicity', 'family_support', 'rhi_interviewer'))
        OR (body_kind = 'local_authority' AND NEW.role IN ('local_authority', 'rhi_interviewer'))
        OR (body_kind = 'national_unit' AND NEW.role = 'national_unit')
        OR (body_kind = 'partner' AND NEW.role = 'partner_worker')
    ) THEN
        RAISE EXCEPTION 'role % does not belong to a %', NEW.role, body_kind USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_role_fits_kind BEFORE INSERT OR UPDATE OF role, organisation_id ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION accounts_role_fits_kind();
CREATE TABLE cache_entry (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_entry_expires ON cache_entry (expires);
"""
BACKWARD = """
DROP TABLE cache_entry;
DROP TRIGGER accounts_role_fits_kind ON accounts_membership;
DROP FUNCTION accounts_role_fits_kind();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("accounts", "0003_people_and_invitations")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
