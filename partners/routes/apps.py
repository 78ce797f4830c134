from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "partners.routes"
    verbose_name = "Routes to responders"
