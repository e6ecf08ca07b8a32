from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "handrail.workspace"
    label = "workspace"
