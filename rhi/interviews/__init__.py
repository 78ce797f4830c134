"""The interview itself: its form, on a desk and on a phone without network, and what comes of it."""
