from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "handrail.core.files"
    label = "files"
