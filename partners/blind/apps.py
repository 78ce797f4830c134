from django.apps import AppConfig


class BlindConfig(AppConfig):
    name = "partners.blind"
    verbose_name = "Blind matching"
