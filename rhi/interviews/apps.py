from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "rhi.interviews"
    label = "interviews"
    verbose_name = "Interviews of returned children"
