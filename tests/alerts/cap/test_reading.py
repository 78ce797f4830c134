"""What strangers send is read without being fetched, expanded or believed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from lxml import etree

from alerts.cap.xml import signing
from alerts.cap.xml.documents import tree_of
from alerts.cap.xml.names import NAMESPACE, SIGNATURE_NAMESPACE
from alerts.cap.xml.reading import LARGEST_BYTES, Unreadable, opened, values_of
from alerts.cap.xml.validity import problem_of
from tests.alerts.cap.making import cancel, incoming, message, pair, update, written

PLAIN = written(tree_of(message()))
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">%s]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&lol9;</identifier></alert>""" % b"".join(
    b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE = PLAIN.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1).replace(
    b"<note>", b"<note>&x;"
)
INCLUDED = PLAIN.replace(
    b"</alert>",
    b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></alert>',
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * (LARGEST_BYTES + 1), "too_large"),
        (b"", "not_xml"),
        (b"\xff\xfe<\x00a\x00", "not_utf8"),
        ("é".encode("latin-1"), "not_utf8"),
        (LAUGHS, "forbidden_markup"),
        (OUTSIDE, "forbidden_markup"),
        (INCLUDED, "forbidden_markup"),
        (b"<alert>", "not_xml"),
        (PLAIN[:200], "not_xml"),
        (b"<a>" * 100 + b"</a>" * 100, "wrong_namespace"),
        (b"<a>" * 3000 + b"</a>" * 3000, "not_xml"),
        (b"<a/>" * 30_000, "too_many_tags"),
        (PLAIN.replace(b"cap:1.2", b"cap:1.1"), "wrong_namespace"),
        (PLAIN.replace(b"<msgType>Alert", b"<msgType>Alarm"), "not_valid"),
        (PLAIN.replace(b"+00:00</sent>", b"Z</sent>"), "not_valid"),
        (PLAIN.replace(b"<scope>", b"<scope2>").replace(b"</scope>", b"</scope2>"), "not_valid"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_message_is_refused_at_once(data: bytes, code: str) -> None:
    began = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        opened(data)
    assert caught.value.code == code
    assert time.perf_counter() - began < 2


def test_one_nested_too_deep_is_refused() -> None:
    inner = b'<ds:x xmlns:ds="http://www.w3.org/2000/09/xmldsig#">' * 20 + b"</ds:x>" * 20
    with pytest.raises(Unreadable, match="too_deep"):
        opened(PLAIN.replace(b"</alert>", inner + b"</alert>"))


def test_names_times_and_references_have_to_mean_something() -> None:
    root = opened(PLAIN.replace(b"CR-7F3K9Q2X.1", b"CR 7"))
    with pytest.raises(Unreadable, match="bad_name"):
        values_of(root)
    ragged = written(tree_of(cancel())).replace(b"<references>", b"<references>only,two x ")
    assert len(values_of(opened(ragged)).references) == 2


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("made", [message(), update(), cancel()])
def test_what_we_sign_is_valid_and_verifies(made: Any, kind: str) -> None:
    keys = pair("ours", kind=kind)
    data = written(signing.signed(tree_of(made), key=keys.key, certificate=keys.certificate))
    assert problem_of(etree.fromstring(data)) == ""
    opened(data)
    found = signing.verified(data, [pair("other").certificate, keys.certificate])
    assert values_of(found).identifier == made.identifier


def test_a_changed_word_a_wrong_certificate_an_expired_one_or_no_signature_is_not_believed() -> None:
    keys, expired = pair("national"), pair("expired", days=-1)
    good = incoming(keys)
    for data, certificates in (
        (good.replace(b"Lambeth", b"Lambath"), [keys.certificate]),
        (good, [pair("other").certificate]),
        (good, []),
        (good, ["no certificate"]),
        (incoming(expired), [expired.certificate]),
        (PLAIN, [keys.certificate]),
    ):
        with pytest.raises(signing.NotSigned):
            signing.verified(data, certificates)


def test_what_is_put_around_a_signed_message_is_not_read() -> None:
    """A signed alert that a forger wrapped in one of their own."""
    keys = pair("national")
    forged = tree_of(message(identifier="FORGED"))
    genuine = etree.fromstring(incoming(keys))
    signature = genuine.find(f"{{{SIGNATURE_NAMESPACE}}}Signature")
    forged.append(signature)
    holder = etree.SubElement(signature, f"{{{SIGNATURE_NAMESPACE}}}Object")
    holder.append(genuine)
    with pytest.raises(signing.NotSigned):
        signing.verified(written(forged), [keys.certificate])
    assert forged.tag == f"{{{NAMESPACE}}}alert"


def test_a_signature_by_an_old_digest_is_not_believed() -> None:
    data = incoming(pair("national")).replace(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1")
    with pytest.raises(signing.NotSigned):
        signing.verified(data, [pair("national").certificate])
