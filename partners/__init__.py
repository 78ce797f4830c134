"""Partner organisations: who takes what, and what was referred to them."""
