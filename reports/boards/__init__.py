"""Clocks kept and missed, by team and week."""
