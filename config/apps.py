from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Whatever program loads Django, a production that is half configured ends here."""
        from config import checks

        checks.refuse_to_start()
