"""Sharing agreements: what may flow from one organisation to another, for what, and until when."""
