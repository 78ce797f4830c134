from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "foundation.clients"
    label = "clients"
    verbose_name = "API clients"
