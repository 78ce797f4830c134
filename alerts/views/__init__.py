"""The launch room on the staff site."""
