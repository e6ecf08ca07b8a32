from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "handrail.automation"
    label = "automation"
