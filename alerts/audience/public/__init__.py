"""Signing up to alerts on the public site: another house, which inserts and reads nothing of who they are."""
