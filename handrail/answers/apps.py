from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "handrail.answers"
    label = "answers"

    def ready(self) -> None:
        from handrail.answers.keywords import KeywordAnswer
        from handrail.answers.tied_twice import words_that_lead_twice
        from handrail.answers.words_along import WordsAlong
        from handrail.knowledge.exporting.archive import along
        from handrail.knowledge.tied_words import kept_by

        kept_by(WordsAlong())
        along(KeywordAnswer, checked_by=words_that_lead_twice)
