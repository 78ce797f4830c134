from django.apps import AppConfig


class BreakGlassConfig(AppConfig):
    name = "missingcases.breakglass"
    label = "breakglass"
    verbose_name = "Break-glass"
