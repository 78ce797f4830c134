from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "partners.proposals"
    verbose_name = "Proposals for tracing"
