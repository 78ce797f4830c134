#!/bin/sh
# A new volume belongs to root; the archive is Postgres's to write.
set -eu
chown postgres:postgres "${WAL_ARCHIVE:-/wal}"
exec docker-entrypoint.sh "$@"
