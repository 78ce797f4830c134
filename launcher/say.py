"""What the launcher prints: one plain line for each thing that matters."""

from __future__ import annotations

import sys


class Trouble(Exception):
    """Something the person at the keyboard has to know, in one clear line."""


def line(text: str = "") -> None:
    """Print one line at once, also when the output is a pipe or a log."""
    print(text, flush=True)


def step(text: str) -> None:
    """Print the step that starts now."""
    line(f"harbour: {text}")


def trouble(text: str) -> None:
    """Print what went wrong where errors belong."""
    print(f"harbour: {text}", file=sys.stderr, flush=True)
