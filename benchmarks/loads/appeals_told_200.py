"""The takedown at two hundred partners."""

from benchmarks.telling import load

LOAD = load(200, 1.6)
