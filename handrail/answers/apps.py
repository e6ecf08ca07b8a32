from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "handrail.answers"
    label = "answers"
