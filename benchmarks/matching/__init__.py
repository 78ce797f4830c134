"""How well and how fast the same person is found, beside others on the same data."""
