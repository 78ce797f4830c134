from django.apps import AppConfig


class CapConfig(AppConfig):
    name = "alerts.cap"
    label = "cap"
    verbose_name = "Alerts as CAP 1.2"

    def ready(self) -> None:
        from alerts.cap import checks  # noqa: F401 - it registers itself
