from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    name = "foundation.single_sign_on"
    label = "single_sign_on"

    def ready(self) -> None:
        from foundation.single_sign_on import receivers  # noqa: F401 - connects them
