from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "missingcases.agreements"
    label = "agreements"
    verbose_name = "Sharing agreements"
