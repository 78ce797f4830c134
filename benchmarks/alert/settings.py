"""The product's settings, with the switchboard of these measurements."""

from config.settings import *  # noqa: F403

SWITCHBOARD = "benchmarks.alert.board"
