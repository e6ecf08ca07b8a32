from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "handrail.insights"
    label = "insights"
