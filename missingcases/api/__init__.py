"""Incidents for other systems (docs/api.md)."""
