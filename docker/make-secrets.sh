#!/bin/sh
# Makes every secret that can be made, in ./secrets (or the folder given). What is there stays as it is.
# Secrets that others give you (Twilio, mail) are left empty, to be filled in.
set -eu
folder="${1:-secrets}"
mkdir -p "$folder"
chmod 700 "$folder" # nobody else on this machine enters; inside, the containers' users must read
cd "$folder"

keep() { # keep NAME VALUE
    [ -e "$1" ] || { printf '%s\n' "$2" >"$1.new"; chmod 444 "$1.new"; mv "$1.new" "$1"; echo "made $1"; }
}
word() { od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'; }

keep db_owner_password "$(word)"
keep database_url "postgres://harbour:$(word)@db:5432/harbour"
keep public_database_url "postgres://harbour_public:$(word)@db:5432/harbour"
keep redis_url "redis://:$(word)@redis:6379/0"
keep secret_key "$(word)"
keep public_secret_key "$(word)"
keep field_keys "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
keep index_key "$(word)"
keep metrics_token "$(word)"
for given in twilio_auth_token twilio_auth_token_old mailgun_signing_key email_password \
    cap_senders cap_signing_key cap_signing_certificate push_private_key \
    push_public_key; do
    [ -e "$given" ] || { : >"$given"; chmod 644 "$given"; echo "$given is empty: fill it in"; }
done
