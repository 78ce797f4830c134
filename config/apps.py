import gc

from django.apps import AppConfig

# How many objects more are made than let go before there is a look for garbage, and how many such looks
# before one goes further. By Python's own measure (700) each request and task is stopped for several of them,
# which takes a twentieth of the time.
LOOK_AFTER = (50_000, 20, 50)


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Whatever program loads Django, one that is half or wrongly configured ends here.

        Every app's models are loaded by now: all that is left out of every later look for garbage.
        """
        from config import checks
        from foundation.events import graph

        checks.refuse_to_start()
        graph.refuse_to_start()
        gc.freeze()
        gc.set_threshold(*LOOK_AFTER)
        gc.enable()
