"""Who signs: ourselves, and those from whom we take messages (`settings.CAP_SENDERS`)."""

from __future__ import annotations

import ipaddress
import json
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings


class Unfit(ValueError):
    """What the settings say of keys and senders makes no sense."""


@lru_cache(maxsize=4)
def _read(text: str) -> dict[str, tuple[str, ...]]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        raise Unfit("is not JSON") from None
    if not isinstance(found, dict) or not all(
        isinstance(pems, list) and all(isinstance(pem, str) for pem in pems) for pems in found.values()
    ):
        raise Unfit("does not map each sender to a list of certificates")
    return {str(sender): tuple(pems) for sender, pems in found.items()}


def certificates_of(sender: str) -> tuple[str, ...]:
    """The certificates (PEM) of a sender; none for one we do not know."""
    return _read(settings.CAP_SENDERS).get(sender, ())


def own_keys() -> tuple[str, str] | None:
    """Our key and certificate as PEM; None where this installation has none, and signs nothing."""
    key, certificate = settings.CAP_SIGNING_KEY, settings.CAP_SIGNING_CERTIFICATE
    return (key, certificate) if key and certificate else None


def why_unfit() -> list[str]:
    """What is wrong with these settings, each in words; nothing of their values."""
    found = []
    try:
        for pems in _read(settings.CAP_SENDERS).values():
            for pem in pems:
                x509.load_pem_x509_certificate(pem.encode())
    except Unfit as problem:
        found.append(f"CAP_SENDERS {problem}.")
    except ValueError:
        found.append("CAP_SENDERS has a certificate that cannot be read.")
    if not all(_is_network(one) for one in settings.CAP_SENDER_NETWORKS):
        found.append("CAP_SENDER_NETWORKS names something that is no network.")
    if settings.CAP_SIGNING_KEY and not _fits():
        found.append("CAP_SIGNING_KEY and CAP_SIGNING_CERTIFICATE do not belong together.")
    return found


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _fits() -> bool:
    plain = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        key = serialization.load_pem_private_key(settings.CAP_SIGNING_KEY.encode(), None)
        certificate = x509.load_pem_x509_certificate(settings.CAP_SIGNING_CERTIFICATE.encode())
    except (ValueError, TypeError):
        return False
    return key.public_key().public_bytes(*plain) == certificate.public_key().public_bytes(*plain)
