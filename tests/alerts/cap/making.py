"""Messages, keys and certificates for tests of CAP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from alerts.cap.enums import CapStatus, MsgType
from alerts.cap.xml import signing
from alerts.cap.xml.documents import Message, Picture, Place, Reference, Wording, tree_of

SENT = datetime(2026, 11, 29, 3, 12, 5, tzinfo=UTC)
SENDER = "alerts@cap.test"
NATIONAL = "cra@national.test"
SQUARE = "51.45,-0.12 51.47,-0.12 51.47,-0.10 51.45,-0.12"

ENGLISH = Wording(
    "en-GB",
    "Child Rescue Alert: Mia, 9, Lambeth",
    "Mia is 9, with short brown hair. She wears a red coat. She was last seen in Brixton at 02:10.",
    "Do not approach. If you see her now, call 999.",
)
WELSH = Wording(
    "cy-GB",
    "Rhybudd Achub Plentyn: Mia, 9, Lambeth",
    "Mae Mia yn 9 oed, gyda gwallt brown byr. Mae hi'n gwisgo côt goch.",
    "Peidiwch â mynd ati. Os gwelwch chi hi nawr, ffoniwch 999.",
)


@dataclass(frozen=True)
class Pair:
    """A private key and its certificate, as PEM."""

    key: str
    certificate: str


@cache
def pair(name: str = "ours", *, kind: str = "rsa", days: int = 30) -> Pair:
    """A self-signed certificate, good for `days` from yesterday; fewer than none: expired."""
    private: Any = (
        ec.generate_private_key(ec.SECP256R1())
        if kind == "ec"
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .sign(private, hashes.SHA256())
    )
    return Pair(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        made.public_bytes(serialization.Encoding.PEM).decode(),
    )


def message(**changes: Any) -> Message:
    """An alert for Lambeth, with whatever is to be different."""
    made = Message(
        identifier="CR-7F3K9Q2X.1",
        sender=SENDER,
        sent=SENT,
        status=CapStatus.ACTUAL,
        msg_type=MsgType.ALERT,
        expires=SENT + timedelta(hours=24),
        wordings=(ENGLISH,),
        places=(Place("Lambeth", "E09000022"),),
        polygons=(SQUARE,),
        picture=Picture({"en-GB": "Mia smiling"}, "image/jpeg", "https://p.test/a.jpg", 1234, "ab" * 20),
    )
    return replace(made, **changes)


def reference(number: int = 1) -> Reference:
    return Reference(SENDER, f"CR-7F3K9Q2X.{number}", SENT)


def update(**changes: Any) -> Message:
    return message(identifier="CR-7F3K9Q2X.2", msg_type=MsgType.UPDATE, references=(reference(),), **changes)


def cancel(**changes: Any) -> Message:
    return message(
        identifier="CR-7F3K9Q2X.3",
        msg_type=MsgType.CANCEL,
        references=(reference(1), reference(2)),
        **changes,
    )


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def incoming(by: Pair | None = None, **changes: Any) -> bytes:
    """What the national system sends, signed by its key; times are those of now."""
    now = datetime.now(UTC).replace(microsecond=0)
    changes = {
        "sender": NATIONAL,
        "identifier": "NCA-2026-1",
        "sent": now,
        "expires": now + timedelta(hours=12),
    } | changes
    keys = by or pair("national")
    return written(signing.signed(tree_of(message(**changes)), key=keys.key, certificate=keys.certificate))
