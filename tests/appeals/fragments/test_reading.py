"""Whether the fragment is on a page, as its readers would see it."""

from __future__ import annotations

import time

import pytest

from appeals import helpline
from appeals.enums import FragmentProblem
from appeals.fragments.reading import problem_of

F = FragmentProblem
OURS = helpline.as_html("en")
SHELL = "<!doctype html><html><head><title>Appeals</title></head><body><main>{}</main></body></html>"


def shell(body: str) -> str:
    return SHELL.format(body)


@pytest.mark.parametrize(
    "body",
    [
        OURS,
        helpline.as_html("cy"),
        OURS.replace("\n", ""),
        OURS.upper().replace("DATA-HARBOUR-HELPLINE", "Data-Harbour-Helpline"),
        "<p>Left open<ul><li>One" + OURS,
        "<div data-harbour-helpline=1>Call <b>116&nbsp;<i>000</i></b></div>",
        '<div data-harbour-helpline="1">Call 116000</div>',
        "<br/><img src=a><hr>" + OURS,
        "</div></div>" + OURS,
        "<![if !IE]>" + OURS + "<![endif]>",
        "<![<![ nonsense>" + OURS,
        "<script>if (a < b) document.write('<!--')</script>" + OURS,
        "<div hidden>Old words</div>" + OURS,
    ],
)
def test_it_is_there(body: str) -> None:
    assert problem_of(shell(body)) == ""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Call 116 000</p>",
        f"<!-- {OURS} -->",
        f"<script>{OURS}</script>",
        f"<script type=text/template>{OURS}</script>",
        f"<style>{OURS}</style>",
        f"<template>{OURS}</template>",
        f"<noscript>{OURS}</noscript>",
        f"<textarea>{OURS}</textarea>",
        f"<div hidden>{OURS}</div>",
        f"<div style='color: red; display : NONE'>{OURS}</div>",
        f'<section style="visibility:hidden"><p>{OURS}</p></section>',
        "<p title='<section data-harbour-helpline=1>116 000</section>'>Call us</p>",
        OURS.replace("<", "&lt;"),
    ],
)
def test_it_is_not_there_for_readers(body: str) -> None:
    assert problem_of(shell(body)) == F.NO_MARKER


@pytest.mark.parametrize(
    "body",
    [
        '<section data-harbour-helpline="1">Call us</section>',
        '<section data-harbour-helpline="1">Call us</section><p>116 000</p>',
        '<section data-harbour-helpline="1">Call 0116 0001</section>',
        '<section data-harbour-helpline="1"><span hidden>116 000</span></section>',
        '<section data-harbour-helpline="1"><!-- 116 000 --></section>',
        '<a href="tel:116000" data-harbour-helpline="1">Call us</a>',
        '<img data-harbour-helpline="1" alt="116 000"><p>116 000</p>',
    ],
)
def test_a_marker_without_the_number_is_not_enough(body: str) -> None:
    assert problem_of(shell(body)) in {F.NO_NUMBER, F.NO_MARKER}


def test_an_older_copy_is_to_be_replaced_and_a_newer_beside_it_is_enough() -> None:
    older = '<section data-harbour-helpline="0">Call 116 000</section>'
    assert problem_of(shell(older)) == F.OLD_VERSION
    assert problem_of(shell(older + OURS)) == ""


@pytest.mark.parametrize(
    "bit", ["<a ", "<a '", '<a b="', "<!--", "<!", "</", "<?", "<![", "<div>", "<div></p>", "<script>", "&#"]
)
def test_a_page_made_to_be_slow_is_not(bit: str) -> None:
    begun = time.process_time()
    problem_of((bit * 1_000_000)[:1_000_000])
    assert time.process_time() - begun < 10
