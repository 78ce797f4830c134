from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "missingcases.desk"
    label = "desk"
    verbose_name = "Duty desk"
