"""The method held against made children whose truth is known; the full table: docs/does-it-help.md."""

from __future__ import annotations

from dataclasses import replace

from reports.before_after.simulation.running import prove
from reports.before_after.simulation.scenarios import BREAKS, MADE_FOR

RUNS = 40


def test_the_interval_holds_the_truth_where_the_plain_figure_flatters() -> None:
    peak = next(one for one in MADE_FOR if one.name == "few")
    proofs = {proof.effect: proof for proof in prove(peak, runs=RUNS, seed=7)}
    assert set(proofs) == {1.0, 0.9, 0.7}
    for effect, proof in proofs.items():
        assert proof.refused <= RUNS / 10
        # 95% of forty is 38; fewer than 34 would come by chance once in a hundred such tests.
        assert proof.coverage >= 34 / 40
        assert abs(proof.fair / effect - 1) < 0.12
        assert proof.naive < 0.93 * effect
        assert proof.anyway < 0.93


def test_a_choice_that_no_record_shows_is_taken_for_an_effect() -> None:
    worry = next(one for one in BREAKS if one.name == "worry")
    (proof,) = prove(replace(worry, offered_children=1500, other_children=3000), runs=6, seed=7)
    assert proof.fair > 1.1  # nothing was done, and it looks like harm: the limit that the page tells of
