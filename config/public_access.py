"""What the public site may do in the database: everything it may, as data, and nothing else.

It runs under a role of its own that owns nothing. `manage.py prepare_database --public-role NAME` takes
everything from that role and grants what stands here, at every upgrade. Whoever breaks into the public
site can then add a submission, but read no person, no incident and no conversation.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql


@dataclass(frozen=True, slots=True)
class Grant:
    """Fields of one model that the public site reads, and those that it may fill in a new row."""

    model: str
    reads: tuple[str, ...] = ()
    inserts: tuple[str, ...] = ()


GRANTS: tuple[Grant, ...] = (
    # Whether a restore holds the public site back (config.held).
    Grant("backups.HoldStep", reads=("step", "released_at")),
    # Appeals: two views that say of each row whether it may be shown at this moment, what was made of it,
    # and the tree of areas. Nothing of an incident, a person or a placement's way.
    Grant(
        "appeals.PublicAppeal",
        reads=(
            *("token", "reference", "shown", "page", "area_ids", "words"),
            *("published_at", "content_id", "is_live", "is_awaited"),
        ),
    ),
    Grant(
        "appeals.PublicPlacement",
        reads=(
            *("placement_id", "reference", "outlet_id", "change", "token", "appeal_reference", "shown"),
            *("content_id", "area_ids", "live_at", "updated_at", "expires_at", "embargo_until"),
            *("is_live", "gone_at", "is_untold", "is_confirmed", "is_replaced", "page", "is_alert"),
        ),
    ),
    Grant(
        "appeals.Rendition",
        reads=("content", "kind", "language", "stored_name", "content_type", "size", "checksum"),
    ),
    # Child Rescue Alerts: one view, which holds words only of what may be shown at this moment.
    Grant(
        "alerts_public.PublicAlert",
        reads=(
            *("alert_id", "token", "reference", "notice_id", "issued_at", "changed_at", "expires_at"),
            *("area_ids", "shown", "picture_name", "has_lost_picture", "is_live"),
        ),
    ),
    # Whose feed or playlist it is; of what an outlet proves itself with there is only the hash.
    Grant(
        "appeals.Outlet",
        reads=("id", "channel", "token_hash", "language", "formats", "created_at"),
    ),
    # What an outlet tells us is stored as it came and read by a worker.
    Grant(
        "appeals.OutletReport",
        reads=("id",),
        inserts=("kind", "outlet_id", "body", "received_at", "processed_at", "result"),
    ),
    Grant("places.Area", reads=("id", "name", "code", "kind", "starts_on", "ends_on")),
    Grant("places.AreaParent", reads=("child", "parent", "starts_on", "ends_on")),
    # What somebody tells us from there is kept encrypted and read by a worker.
    Grant(
        "appeals.Submission",
        reads=("id",),
        inserts=("token", "form_key", "body", "photo", "received_at", "processed_at", "result"),
    ),
    # So is what somebody says there of exploitation, who stays unknown.
    Grant(
        "say_something.Submission",
        reads=("id",),
        inserts=("form_key", "body", "received_at", "processed_at", "result"),
    ),
    # Alerts as CAP: a view without rehearsals that says of each message whether it may be given out now. What
    # is sent to us is kept encrypted and read by a worker.
    Grant(
        "cap.PublicCapMessage",
        reads=(
            *("message_id", "identifier", "msg_type", "sent", "expires_at"),
            *("document", "digest", "picture_name", "has_lost_picture", "is_live"),
        ),
    ),
    Grant(
        "cap.CapArrival",
        reads=("id",),
        inserts=("body", "received_at", "processed_at", "result", "message"),
    ),
    # Whether a link still takes an answer, and the answer: of an invitation not whom it is for.
    Grant("voice.Invitation", reads=("token_hash", "status", "expires_at")),
    Grant(
        "voice.Submission",
        reads=("id", "token_hash", "form_key"),
        inserts=("token_hash", "form_key", "body"),
    ),
    # Signing up to alerts: whether a code or a link is one that waits, of which only hashes are read; in
    # which area a postcode district lies; and what somebody asks for. Nothing of who gets alerts.
    Grant("audience.PostcodeDistrict", reads=("code", "area")),
    Grant("audience.SignUp", reads=("token_hash", "expires_at", "confirmed_at")),
    # Of a partner's system that signs up how far it is, and neither whose it is nor where.
    Grant(
        "audience.SystemSignUp",
        reads=(
            *("token_hash", "expires_at", "contact_confirmed_at"),
            *("verified_at", "problem", "next_ask_at"),
        ),
    ),
    Grant("audience.PreferenceLink", reads=("token_hash", "expires_at")),
    Grant(
        "audience.Submission",
        reads=("id",),
        inserts=("form_key", "kind", "body", "received_at", "processed_at", "result"),
    ),
    # What Twilio calls us about is stored as it came and read by a worker. The id is read back to name
    # the row to that worker; the words, once stored, are out of the public site's reach.
    Grant(
        "messaging.RawCallback",
        reads=("id",),
        inserts=(
            "provider",
            "kind",
            "query",
            "body",
            "signature_ok",
            "received_at",
            "due_at",
            "attempts",
            "processed_at",
            "result",
        ),
    ),
)


class UnfitRole(Exception):
    """A role that could do more than it is granted."""


def grant(role: str) -> None:
    """Bring `role` to exactly what `GRANTS` says, in one transaction.

    Raises `UnfitRole` where it does not exist, has powers of its own, is a member of another role or
    is the one we work as.
    """
    name = sql.Identifier(role)
    with transaction.atomic(), connection.cursor() as cursor:
        _require_fit(cursor, role)
        cursor.execute("SELECT current_database()")
        database = sql.Identifier(cursor.fetchone()[0])
        # What the server gives to everybody by itself: connecting, and tables for a session.
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(database, name))
        for kind in ("TABLES", "SEQUENCES", "ROUTINES"):
            words = f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {{}}, PUBLIC"
            cursor.execute(sql.SQL(words).format(name))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))
        for one in GRANTS:
            _grant_columns(cursor, one, name)


def _require_fit(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(
        """
        SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
               OR rolname = current_user
               OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
        FROM pg_roles WHERE rolname = %s
        """,
        [role],
    )
    found = cursor.fetchone()
    if found is None:
        raise UnfitRole(
            f"There is no database role {role}; the server's owner makes it (docs/deployment.md)."
        )
    if found[0]:
        raise UnfitRole(f"The database role {role} has powers of its own; the public site needs one without.")


def _grant_columns(cursor: CursorWrapper, one: Grant, role: sql.Identifier) -> None:
    meta = apps.get_model(one.model)._meta
    table = sql.Identifier(meta.db_table)
    for verb, fields in (("SELECT", one.reads), ("INSERT", one.inserts)):
        if fields:
            columns = sql.SQL(", ").join(sql.Identifier(str(meta.get_field(name).column)) for name in fields)
            statement = sql.SQL("GRANT {} ({}) ON {} TO {}").format(sql.SQL(verb), columns, table, role)
            cursor.execute(statement)
