"""Settings of backups."""

from pathlib import Path

from config.environment import IS_PRODUCTION, IS_TEST, env

# --- Backups (foundation.backups, docs/backups.md) ---
# Whom a backup is encrypted to (age public keys). The private key is never on this machine.
BACKUP_RECIPIENTS: list[str] = env.list("BACKUP_RECIPIENTS", default=[])
# Where stops, opt-outs and withdrawals are written a second time; not on the database's disk.
_DEMO_LEDGER = "" if IS_PRODUCTION or IS_TEST else str(Path(__file__).resolve().parents[1] / "var" / "ledger")
LEDGER_FOLDER: str = env.str("LEDGER_FOLDER", default=_DEMO_LEDGER)
# The folder with pg_dump and pg_restore; without it the embedded ones, then those on the PATH.
PG_BIN: str = env.str("PG_BIN", default="")
# Apps that play the world outside: a restore leaves their tables as they are.
BACKUP_LEAVES_OUT: list[str] = [] if IS_PRODUCTION else ["sandbox"]
