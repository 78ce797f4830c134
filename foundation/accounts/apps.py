from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from foundation.accounts import receivers  # noqa: F401 - connects them
