"""The takedown at twenty partners."""

from benchmarks.telling import load

LOAD = load(20, 1.2)
