from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "families.handover"
    label = "handover"
    verbose_name = "Shift handover"
