"""How long a new incident takes to every open duty desk."""
