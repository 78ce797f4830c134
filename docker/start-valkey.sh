#!/bin/sh
# Starts Valkey with the password from its address, which no command line shows. `ask`: is it well?
set -eu
address="$(cat "${REDIS_URL_FILE:-/run/secrets/redis_url}")"
password="${address#*://*:}"
password="${password%%@*}"

if [ "${1:-}" = ask ]; then
    REDISCLI_AUTH="$password" valkey-cli ping | grep -q PONG
    exit
fi
umask 077
settings="$(mktemp)"
# Written to disk each second and never thrown away for want of memory: queued work outlives a restart.
cat >"$settings" <<EOC
requirepass $password
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
EOC
exec valkey-server "$settings" "$@"
