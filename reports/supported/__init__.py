"""Incidents closed that a service had helped before the person was found, and what such incidents cost."""
