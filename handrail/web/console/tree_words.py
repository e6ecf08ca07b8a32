"""What is wrong with a troubleshooter, in words for its author."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.knowledge.troubleshooting.checks import Problem
from handrail.knowledge.troubleshooting.tree import ARTICLE, Step, said

LANGUAGES = {"ko": "한국어", "en": "English"}


def told(problem: Problem) -> str:
    """One sentence with what to do."""
    words = {
        "archived": _("Its article is archived. Bring it back among the articles first."),
        "no_name": _("The name is missing in %(language)s."),
        "no_intro": _("The first words are missing in %(language)s: say whom it helps."),
        "no_first_question": _("It must begin with a question."),
        "nothing_leads_here": _("No answer leads here. Choose it as the next step somewhere, or remove it."),
        "no_text": _("The text is missing in %(language)s."),
        "too_few_answers": _("A question needs two answers at least."),
        "answer_without_text": _("An answer has no text in %(language)s."),
        "leads_nowhere": _("One way leads nowhere. Choose what comes next."),
        "no_article": _("Choose the article that fixes it."),
        "article_hidden": _(
            "This article is not open to everybody who reads this. Choose another or publish it."
        ),
        "article_untranslated": _(
            "The article is not published in %(language)s; those readers get the other language."
        ),
        "person_too_far": _(
            "From here it takes more than two presses to a person. Let “It didn't help” lead to one sooner."
        ),
        "goes_in_circles": _("One way from here leads back here and never ends."),
    }
    return words[problem.code] % {"language": LANGUAGES.get(problem.locale, "")}


def name_of(step: Step, locale: str, titles: dict[int, str]) -> str:
    """What a step is called in lists: the article it shows, else its words, else its kind."""
    if step.article in titles:
        return titles[step.article]
    if words := said(step.text, locale):
        return words
    if step.kind == ARTICLE:
        return _("Article")
    return _("A question without text") if not step.is_fix else _("Advice without text")
