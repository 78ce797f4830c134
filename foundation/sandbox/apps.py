from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "foundation.sandbox"
    label = "sandbox"
