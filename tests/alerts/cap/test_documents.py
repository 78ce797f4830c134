"""What we write is CAP 1.2, whatever the alert says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.cap.enums import CapStatus, MsgType
from alerts.cap.xml.documents import Place, Unwritable, Wording, tree_of
from alerts.cap.xml.names import NAMESPACE, stamp
from alerts.cap.xml.reading import opened, values_of
from alerts.cap.xml.shapes import polygon_problem
from alerts.cap.xml.validity import problem_of
from tests.alerts.cap.making import ENGLISH, SQUARE, WELSH, cancel, message, update, written


def _texts(root: Any, name: str) -> list[str]:
    return [one.text for one in root.iter(f"{{{NAMESPACE}}}{name}")]


@pytest.mark.parametrize("made", [message(), update(), cancel()], ids=["alert", "update", "cancel"])
@pytest.mark.parametrize("status", [CapStatus.ACTUAL, CapStatus.EXERCISE])
@pytest.mark.parametrize("wordings", [(ENGLISH,), (ENGLISH, WELSH)], ids=["en", "en-cy"])
def test_every_kind_of_message_agrees_with_the_schema(made: Any, status: Any, wordings: Any) -> None:
    from dataclasses import replace

    root = tree_of(replace(made, status=status, wordings=wordings))
    assert problem_of(root) == ""
    assert opened(written(root)) is not None


def test_an_alert_says_what_the_standard_and_the_domain_want() -> None:
    root = tree_of(message(wordings=(ENGLISH, WELSH)))
    assert _texts(root, "language") == ["en-GB", "cy-GB"]
    assert _texts(root, "event") == ["Child Rescue Alert"] * 2
    assert _texts(root, "category") == ["Safety"] * 2
    assert _texts(root, "responseType") == ["Monitor"] * 2
    assert _texts(root, "urgency") == ["Immediate"] * 2
    assert _texts(root, "sent") == ["2026-11-29T03:12:05+00:00"]
    assert _texts(root, "value") == ["E09000022"] * 2
    assert _texts(root, "polygon") == [SQUARE] * 2
    assert _texts(root, "references") == []


def test_a_time_in_summer_has_its_own_offset_and_never_a_z() -> None:
    assert stamp(datetime(2026, 7, 1, 12, tzinfo=UTC)) == "2026-07-01T13:00:00+01:00"


def test_a_cancel_is_the_same_whatever_was_said_before() -> None:
    told = Wording("en-GB", "Mia found dead", "Found dead in the river", "Thank you")
    one, other = written(tree_of(cancel())), written(tree_of(cancel(wordings=(told,))))
    assert one == other
    for word in (b"Mia", b"found", b"river", b"resource", b"<web"):
        assert word not in one
    assert _texts(tree_of(cancel()), "responseType") == ["AllClear"]
    assert _texts(tree_of(cancel()), "urgency") == ["Past"]
    assert len(_texts(tree_of(cancel()), "references")[0].split()) == 2


def test_an_exercise_says_so_in_its_status_its_note_its_headline_and_its_description() -> None:
    root = tree_of(message(status=CapStatus.EXERCISE, wordings=(ENGLISH, WELSH)))
    assert _texts(root, "status") == ["Exercise"]
    assert _texts(root, "note") == ["EXERCISE. This is not a real alert."]
    english, welsh = _texts(root, "headline")
    assert english.startswith("EXERCISE.")
    assert welsh.startswith("YMARFER.")
    assert all(one.count(".") > 3 for one in _texts(root, "description"))


@pytest.mark.parametrize(
    "changes",
    [
        {"identifier": "has space"},
        {"identifier": "a,b"},
        {"identifier": "a<b"},
        {"sender": "a&b"},
        {"sender": ""},
        {"msg_type": MsgType.ACK},
        {"msg_type": MsgType.UPDATE},
        {"wordings": ()},
        {"wordings": (WELSH,)},
        {"places": ()},
        {"polygons": ("51.4,-0.1 51.5,-0.1 51.5,-0.2 51.4,-0.2",)},
    ],
)
def test_what_cannot_be_a_message_is_not_written(changes: Any) -> None:
    with pytest.raises(Unwritable):
        tree_of(message(**changes))


@pytest.mark.parametrize(
    "text",
    ["", "51,0 52,0 51,0", "91,0 52,0 52,1 91,0", "51,0 52,0 52,181 51,0", "51 0 52 0 52 1 51 0", "a,b " * 4],
)
def test_a_polygon_that_is_none_is_told(text: str) -> None:
    assert polygon_problem(text)
    assert polygon_problem(SQUARE) == ""


_anything = st.text(max_size=300)
_moments = st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


@given(
    headline=_anything,
    description=_anything,
    instruction=_anything,
    place=_anything,
    sent=_moments,
    lasts=st.integers(1, 24),
    kind=st.sampled_from([message, update, cancel]),
    status=st.sampled_from([CapStatus.ACTUAL, CapStatus.EXERCISE]),
)
def test_whatever_is_said_the_document_is_valid_and_is_read_back(
    headline: str,
    description: str,
    instruction: str,
    place: str,
    sent: datetime,
    lasts: int,
    kind: Any,
    status: CapStatus,
) -> None:
    words = Wording("en-GB", headline, description, instruction)
    made = kind(
        wordings=(words, Wording("cy-GB", headline, description, instruction)),
        places=(Place(place, "E09000022"), Place(place)),
        sent=sent,
        expires=sent + timedelta(hours=lasts),
        status=status,
    )
    found = values_of(opened(written(tree_of(made))))
    assert (found.identifier, found.sender) == (made.identifier, made.sender)
    assert found.sent == sent.replace(microsecond=0)
    assert (found.status, found.msg_type) == (status, made.msg_type)
    assert found.references == tuple(
        type(one)(one.sender, one.identifier, one.sent) for one in made.references
    )
    assert found.is_about_a_child
