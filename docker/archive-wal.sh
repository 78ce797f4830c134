#!/bin/sh
# Postgres's archive_command: keeps one finished piece of WAL. Answers 0 only when it is safely there; a piece
# that is there already must be the same one.
# usage: archive-wal.sh PATH NAME
set -eu
archive="${WAL_ARCHIVE:-/wal}/pieces"
mkdir -p "$archive"
if [ -e "$archive/$2" ]; then
    cmp -s "$1" "$archive/$2"
    exit
fi
cp "$1" "$archive/.$2.part"
sync "$archive/.$2.part" 2>/dev/null || sync
mv "$archive/.$2.part" "$archive/$2"
