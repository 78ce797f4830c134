"""How long what readers wrote is kept."""

from __future__ import annotations

from datetime import timedelta

# (P) As long as words of other reviews; codes and counts stay, they name nobody.
KEEP_WORDS = timedelta(days=2 * 365)
