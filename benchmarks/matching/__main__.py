"""`python3 dev.py bench matching`: how well people are found, beside trigram search and Splink."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("HARBOUR_ENV", "test")


def main() -> None:
    """Set the product up, then measure."""
    django.setup()
    from benchmarks.matching import measuring

    measuring.main()


if __name__ == "__main__":
    main()
