#!/bin/sh
# A base backup of the running server beside its WAL, checked against its own manifest. The two before it stay.
set -eu
archive="${WAL_ARCHIVE:-/wal}"
name="base-$(date -u +%Y%m%dT%H%M%SZ)"
mkdir -p "$archive"
pg_basebackup --username="${POSTGRES_USER:-postgres}" --pgdata="$archive/.$name.part" --wal-method=stream \
    --checkpoint=fast --no-password
pg_verifybackup --quiet "$archive/.$name.part"
mv "$archive/.$name.part" "$archive/$name"
# The newest three are kept; pieces that none of them needs go with the older ones.
ls -d "$archive"/base-* | sort -r | tail -n +4 | while read -r old; do rm -rf "$old"; done
oldest="$(ls -d "$archive"/base-* | sort | head -n 1)"
first="$(sed -n 's/^START WAL LOCATION: .*file \([0-9A-F]*\).*/\1/p' "$oldest/backup_label")"
pg_archivecleanup "$archive/pieces" "$first"
echo "made $name"
