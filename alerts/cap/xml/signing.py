"""XML signatures (XMLDSig, enveloped): ours on what goes out, and those of known senders on what comes in.

`signxml` does both. What a stranger sends is trusted as far as `verified` hands it back: the very element
that was signed, by the very certificate that is kept for that sender.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature as InvalidKeySignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree
from signxml import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConfiguration,
    SignatureMethod,
    XMLSigner,
    XMLVerifier,
    methods,
)
from signxml.exceptions import SignXMLException

_EXPECTED = SignatureConfiguration(
    location="./",  # a child of the alert itself, and nowhere deeper
    expect_references=1,
    signature_methods=frozenset(
        {
            SignatureMethod.RSA_SHA256,
            SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512,
            SignatureMethod.ECDSA_SHA256,
            SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512,
        }
    ),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512}),
)


class NotSigned(Exception):
    """It bears no signature that counts."""


def signed(root: Any, *, key: str, certificate: str) -> Any:
    """The document with our signature as its last element. `key` and `certificate` are PEM texts.

    Raises `ValueError` for a key that is neither RSA nor on an elliptic curve.
    """
    private = load_pem_private_key(key.encode(), None)
    if isinstance(private, rsa.RSAPrivateKey):
        method = SignatureMethod.RSA_SHA256
    elif isinstance(private, ec.EllipticCurvePrivateKey):
        method = SignatureMethod.ECDSA_SHA256
    else:
        raise ValueError("CAP_SIGNING_KEY is neither an RSA nor an elliptic curve key.")
    signer = XMLSigner(
        method=methods.enveloped,
        signature_algorithm=method,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return signer.sign(root, key=private, cert=certificate)


def verified(data: bytes, certificates: Sequence[str]) -> Any:
    """The element that one of the `certificates` (PEM texts) signed. Raises `NotSigned`.

    Read this and nothing else of what came: the rest may have been put around it.
    """
    for pem in certificates:
        try:
            certificate = x509.load_pem_x509_certificate(pem.encode())
            found = XMLVerifier().verify(data, x509_cert=certificate, expect_config=_EXPECTED)
        except (SignXMLException, InvalidKeySignature, etree.LxmlError, ValueError, LookupError, TypeError):
            continue
        if not isinstance(found, list) and found.signed_xml is not None:
            return found.signed_xml
    raise NotSigned
