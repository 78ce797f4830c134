"""The database itself keeps how many active subscriptions a bucket has.

One statement on subscriptions is one change of each bucket it touches, whatever number of rows it writes. The
buckets are locked in the order of their numbers, so that two statements never wait for each other.
"""

from django.db import migrations

COUNTS = """
CREATE FUNCTION audience_count(buckets bigint[], changes bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM audience_bucket WHERE id = ANY (buckets) ORDER BY id FOR NO KEY UPDATE;
    UPDATE audience_bucket b SET active = b.active + c.change
    FROM unnest(buckets, changes) AS c(bucket, change) WHERE b.id = c.bucket;
END $$;

CREATE FUNCTION audience_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE buckets bigint[]; changes bigint[];
BEGIN
    SELECT array_agg(bucket_id), array_agg(n) INTO buckets, changes
    FROM (SELECT bucket_id, count(*) AS n FROM added WHERE status = 'active' GROUP BY bucket_id) AS c;
    IF buckets IS NOT NULL THEN PERFORM audience_count(buckets, changes); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audience_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE buckets bigint[]; changes bigint[];
BEGIN
    SELECT array_agg(bucket_id), array_agg(n) INTO buckets, changes
    FROM (SELECT bucket_id, -count(*) AS n FROM gone WHERE status = 'active' GROUP BY bucket_id) AS c;
    IF buckets IS NOT NULL THEN PERFORM audience_count(buckets, changes); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audience_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE buckets bigint[]; changes bigint[];
BEGIN
    SELECT array_agg(bucket_id), array_agg(n) INTO buckets, changes
    FROM (
        SELECT bucket_id, sum(n) AS n
        FROM (
            SELECT bucket_id, 1 AS n FROM added WHERE status = 'active'
            UNION ALL SELECT bucket_id, -1 FROM gone WHERE status = 'active'
        ) AS each GROUP BY bucket_id HAVING sum(n) <> 0
    ) AS c;
    IF buckets IS NOT NULL THEN PERFORM audience_count(buckets, changes); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER audience_subscription_added AFTER INSERT ON audience_subscription
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION audience_count_added();
CREATE TRIGGER audience_subscription_gone AFTER DELETE ON audience_subscription
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION audience_count_gone();
CREATE TRIGGER audience_subscription_changed AFTER UPDATE ON audience_subscription
    REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION audience_count_changed();
"""
NO_COUNTS = """
DROP TRIGGER audience_subscription_changed ON audience_subscription;
DROP TRIGGER audience_subscription_gone ON audience_subscription;
DROP TRIGGER audience_subscription_added ON audience_subscription;
DROP FUNCTION audience_count_changed();
DROP FUNCTION audience_count_gone();
DROP FUNCTION audience_count_added();
DROP FUNCTION audience_count(bigint[], bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("audience", "0001_initial")]

    operations = [migrations.RunSQL(COUNTS, NO_COUNTS)]
