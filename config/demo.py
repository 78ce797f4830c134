"""The demonstration's data: which builders `manage.py make_data` runs, in order.

A builder makes what is missing and leaves the rest alone, in its own transaction, and returns a few words
on what there is now. It must be safe to run twice.
"""

from __future__ import annotations

from collections.abc import Callable

from foundation.accounts import demo_people

BUILDERS: tuple[tuple[str, Callable[[], str]], ...] = (("accounts", demo_people.build),)
