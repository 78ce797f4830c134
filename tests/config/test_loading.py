"""Loading the product, which goes without a look for garbage."""

import gc

from config.apps import LOOK_AFTER


def test_garbage_is_looked_for_once_all_is_loaded_and_not_among_that() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000
    assert gc.get_threshold() == LOOK_AFTER
