from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "handrail.answers"
    label = "answers"

    def ready(self) -> None:
        from handrail.answers.keywords import KeywordAnswer
        from handrail.knowledge.exporting.archive import along

        along(KeywordAnswer)
