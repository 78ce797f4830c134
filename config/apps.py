import gc

from django.apps import AppConfig


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
        gc.enable()
