#!/bin/sh
# Puts the newest base backup made before a moment in place and lets Postgres roll it forward to that moment
# at its next start. What was there is moved aside, not deleted. Run while Postgres is down.
# usage: restore-to.sh '2026-11-28 02:55:00+00'
set -eu
moment="$1"
archive="${WAL_ARCHIVE:-/wal}"
data="${PGDATA:?}"
[ ! -e "$data/postmaster.pid" ] || { echo "Postgres runs on $data: stop it first." >&2; exit 1; }
stamp="$(date -u -d "$moment" +%Y%m%dT%H%M%SZ)" || { echo "$moment is no time." >&2; exit 1; }
base=""
for one in $(ls -d "$archive"/base-* 2>/dev/null | sort); do
    [ "$(expr "base-$stamp" '>' "$(basename "$one")")" = 1 ] && base="$one"
done
[ -n "$base" ] || { echo "There is no base backup from before $moment in $archive." >&2; exit 1; }
if [ -e "$data" ]; then
    mv "$data" "$data.before-$(date -u +%Y%m%dT%H%M%SZ)"
fi
cp -a "$base" "$data"
chmod 700 "$data"
cat >>"$data/postgresql.auto.conf" <<EOC
restore_command = 'cp "$archive/pieces/%f" "%p"'
recovery_target_time = '$moment'
recovery_target_action = 'promote'
EOC
touch "$data/recovery.signal"
if [ "$(id -u)" = 0 ]; then
    chown -R "$(stat -c %u:%g "$archive/pieces")" "$data"
fi
echo "$(basename "$base") is in place; Postgres rolls it forward to $moment when it starts."
