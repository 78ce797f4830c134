"""What was measured, in words, and whether it reached its mark (issue 6, Speed)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.alert import desk, fan_out, issuing, moments, paced, setting, texts

PROVIDER_MS = setting.ANSWERS_AFTER_SECONDS * 1000


@dataclass
class Line:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<44} {self.seen}  {'holds' if self.holds else 'MISSED'}"


def measurements(
    stub: setting.Stub, sizes: list[int], rates: list[int]
) -> dict[str, Callable[[], list[Line]]]:
    """By the name that the command has for it."""
    largest = max(sizes)
    return {
        "fanout": lambda: _fan_out(fan_out.main(stub, sizes)),
        "paced": lambda: [_paced(paced.measure(stub, rate)) for rate in rates],
        "commit": lambda: [_commit(issuing.measure(largest))],
        "first": lambda: [_first(moments.first_text(stub))],
        "texts": lambda: [_texts(texts.measure(stub, largest))],
        "whole": lambda: [_texts(texts.measure(stub, largest, whole=True))],
        "desk": lambda: [_desk(desk.measure())],
        "cancel": lambda: [_cancel(moments.cancel(stub, min(largest, 100_000)))],
    }


def _fan_out(found: list[fan_out.FanOut]) -> list[Line]:
    lines = [_one_size(one) for one in found]
    grown = found[-1].ours / found[0].ours
    memory = found[-1].memory[1] - found[0].memory[1]
    lines.append(Line("rate at the largest, of that at the smallest", f"{grown:.2f}", grown >= 0.9))
    lines.append(Line("memory of the worker, largest over smallest", f"{memory:+.0f} MB", memory < 50))
    return lines


def _one_size(one: fan_out.FanOut) -> Line:
    peers = ", ".join(
        f"{rate:.0f}/s {name} ({one.ours / rate:.0f} times)" for name, rate in one.peers.items()
    )
    first = one.ours / next(iter(one.peers.values()))
    whole = one.recorded == one.size and not one.doubled
    return Line(
        f"fan-out to {one.size:,}",
        f"{one.ours:,.0f}/s; peer {peers}; limit {one.limit:,.0f}/s by {one.limits_client}"
        f" ({one.ours / one.limit:.2f} of it); {one.recorded:,} recorded, {one.doubled} doubled;"
        f" {one.processor:.2f} of a processor, {one.memory[0]:.0f} MB before, {one.memory[1]:.0f} MB at most",
        first >= 50 and whole,
    )


def _paced(one: paced.Paced) -> Line:
    return Line(
        f"paced at {one.allowed:,} a second",
        f"{one.seen:,.1f}/s: {one.share:.2%} of it; worst second {one.worst:,}",
        one.holds,
    )


def _commit(one: issuing.Issued) -> Line:
    return Line(
        f"issue_alert to {one.people:,}, to its commit",
        f"{one.ours:.0f} ms (quickest {one.quickest:.0f}, {one.processor:.0f} of our processor) for"
        f" {one.statements} statements and {one.parts} parts; a bare commit {one.bare:.1f} ms;"
        f" with a row each {one.a_row_each:,.0f} ms ({one.a_row_each / one.ours:.0f} times)",
        one.ours <= 50,
    )


def _first(one: moments.First) -> Line:
    return Line(
        "first text after the click",
        f"{one.alone:.0f} ms alone, {one.among_bulk:.0f} ms with {moments.WAITING:,} bulk waiting on"
        f" its line (slowest {one.slowest:.0f} ms, {one.bulk_sent:,} of bulk went meanwhile), to its"
        f" arrival at the provider",
        one.among_bulk <= 300,
    )


def _texts(one: texts.Texts) -> Line:
    return Line(
        "a single text during the alert",
        f"{one.idle:.0f} ms idle, {one.during:.0f} ms during: {one.times:.2f} times (slowest"
        f" {one.slowest:.0f} ms; {one.went_meanwhile:,} of the alert went meanwhile, at most {one.busiest:,}"
        f" a second of {one.per_second:,})",
        one.times <= 1.5 and one.went_meanwhile > 0,
    )


def _desk(one: desk.Desk) -> Line:
    return Line(
        "the duty desk during the page's spike",
        f"p95 {desk.p95(one.idle):.0f} ms idle, {desk.p95(one.busy):.0f} ms during: {one.times:.2f} times"
        f" (middle {median(one.idle):.0f} and {median(one.busy):.0f}); a poll {desk.p95(one.idle_polls):.0f}"
        f" and {desk.p95(one.busy_polls):.0f} ms: {one.times_polls:.2f} times; {median(one.readers):,.0f}"
        f" pages a second to {desk.READERS} readers meanwhile",
        one.times <= 1.5,
    )


def _cancel(one: moments.Cancelled) -> Line:
    return Line(
        "cancel in the middle",
        f"last text {one.last_after:+.2f} s after it; {one.sent:,} sent, {one.cancelled:,} claimed and not"
        f" handed over, {one.unknown} unknown, {one.not_begun:,} never begun",
        one.last_after <= 1,
    )
