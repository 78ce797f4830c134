"""The composition root."""

import gc

# What is made while the product is loaded stays to its end, and looking through it for garbage over and over
# takes a fifth of each start. `config.apps` switches it on again.
gc.disable()

from config.celery import app as celery_app  # noqa: E402 - after the switch, which is half the gain

__all__ = ["celery_app"]
