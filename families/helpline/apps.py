from django.apps import AppConfig


class HelplineConfig(AppConfig):
    name = "families.helpline"
    label = "helpline"
    verbose_name = "The helpline's own contacts"
