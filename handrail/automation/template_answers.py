"""The macro that answers what an article answers: put before colleagues who are asked it, and sent by mail where it may."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models, transaction

from handrail.automation.macros import Macro, Prepared, prepared
from handrail.conversations.conversation import Conversation
from handrail.conversations.placeholders import unfilled
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.models import Article

TIED_MOST = 20


class AlreadyTied(ValueError):
    """Another macro answers one of the articles. `article` is its number, `macro` that macro."""

    def __init__(self, article: int, macro: Macro) -> None:
        super().__init__(f"Article {article} is answered by macro {macro.pk} already.")
        self.article, self.macro = article, macro


class NotEverybodys(ValueError):
    """A macro of one colleague or one team answers for nobody else."""


class TemplateAnswerQuerySet(models.QuerySet["TemplateAnswer"]):
    def in_use(self) -> TemplateAnswerQuerySet:
        return self.filter(macro__retired_at=None).select_related("macro")


class TemplateAnswer(models.Model):
    """`by_itself`: a mail that asks what the article answers gets it without anybody's doing (intake/answering.py)."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="template_answer")
    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="answers")
    by_itself = models.BooleanField(default=False)

    objects = TemplateAnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"article {self.article_id} by {self.macro_id}"


@transaction.atomic
def tie(macro: Macro, *, articles: Sequence[int], by_itself: bool, by: CanAct) -> None:
    """Let the macro answer what these articles answer, at most TIED_MOST, and nothing else.

    Raises NotEverybodys, and AlreadyTied where another macro in use answers one of them.
    """
    wanted = list(dict.fromkeys(articles))[:TIED_MOST]
    if wanted and (macro.owner_id or macro.team_id):
        raise NotEverybodys(f"Macro {macro.pk} is not everybody's.")
    before = set(macro.answers.values_list("article", "by_itself"))
    if before == {(number, by_itself) for number in wanted}:
        return
    others = TemplateAnswer.objects.filter(article__in=wanted).exclude(macro=macro)
    if taken := others.in_use().first():
        raise AlreadyTied(taken.article_id, taken.macro)
    others.delete()  # of macros out of use
    macro.answers.all().delete()
    rows = [TemplateAnswer(article_id=number, macro=macro, by_itself=by_itself) for number in wanted]
    TemplateAnswer.objects.bulk_create(rows)
    record("macro.tied", macro, by=by, articles=wanted, by_itself=by_itself)


def template_for(article: int) -> TemplateAnswer | None:
    """The template of an article, if one is in use."""
    return TemplateAnswer.objects.in_use().filter(article=article).first()


def templates_for(articles: Sequence[int]) -> list[TemplateAnswer]:
    """The templates in use of these articles, in their order, each macro once. Two queries and those of its parts."""
    rows = TemplateAnswer.objects.in_use().filter(article__in=articles)
    rows = rows.prefetch_related("macro__texts", "macro__enclosed", "macro__files")
    ordered = sorted(rows, key=lambda row: articles.index(row.article_id))
    return list({row.macro_id: row for row in reversed(ordered)}.values())[::-1]


def sendable(template: TemplateAnswer, conversation: Conversation) -> Prepared | None:
    """What would leave by itself. None: it has no words in the customer's language, or a gap only a colleague can fill."""
    texts = {each.locale: each.text for each in template.macro.texts.all()}
    if not texts.get(conversation.locale, "").strip():
        return None
    ready = prepared(template.macro, conversation, by=None)
    return None if unfilled(ready.text) else ready
