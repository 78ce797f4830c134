from django.apps import AppConfig


class SupportedConfig(AppConfig):
    name = "reports.supported"
    verbose_name = "Closures supported"
