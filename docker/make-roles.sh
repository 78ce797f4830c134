#!/bin/sh
# The database's first start: the product's role and the public site's, neither with powers of its own.
# The product must not be a superuser: it could otherwise switch off what keeps the audit trail as it is.
set -eu
secrets="${SECRETS:-/run/secrets}"

password_in() { # the password in the address that a file holds
    address="$(cat "$secrets/$1")"
    address="${address#*://*:}"
    printf '%s' "${address%%@*}"
}
HARBOUR_PASSWORD="$(password_in database_url)"
PUBLIC_PASSWORD="$(password_in public_database_url)"
export HARBOUR_PASSWORD PUBLIC_PASSWORD

psql -X -q -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv harbour_password HARBOUR_PASSWORD
\getenv public_password PUBLIC_PASSWORD
CREATE ROLE harbour LOGIN PASSWORD :'harbour_password';
CREATE ROLE harbour_public LOGIN CONNECTION LIMIT 40 PASSWORD :'public_password';
ALTER ROLE harbour_public SET statement_timeout = '5s';
ALTER ROLE harbour_public SET idle_in_transaction_session_timeout = '10s';
CREATE DATABASE harbour OWNER harbour;
REVOKE ALL ON DATABASE harbour FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
