from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "foundation.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register what must hold before anything starts."""
        from foundation.messaging.gateways import checks  # noqa: F401
