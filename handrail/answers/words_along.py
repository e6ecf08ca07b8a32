"""Keyword answers leave with the articles they lead to, in a folder of Markdown, and come in with them."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.answers.keywords import KeywordAnswer, WordTaken, tidy
from handrail.core.actors import CanAct
from handrail.knowledge.models import Article
from handrail.knowledge.tied_words import Taken


class WordsAlong:
    """What knowledge/tied_words.py asks of the room that keeps the words."""

    def words_of(self, articles: Sequence[Article]) -> dict[int, list[str]]:
        """article id -> its words, of those that have any."""
        ties = KeywordAnswer.objects.filter(article__in=[article.pk for article in articles])
        return dict(ties.values_list("article", "words"))

    def tie(self, words: Sequence[str], article: Article, *, by: CanAct) -> Taken | None:
        """Tie these words in place of those there are, or none at all where one is taken; with no words, untie."""
        wanted = tidy(words)
        known = KeywordAnswer.objects.filter(article=article).first()
        if wanted == (known.words if known else []):
            return None
        if known and not wanted:
            known.untie(by=by)
            return None
        try:
            KeywordAnswer.tie(wanted, article, by=by)
        except WordTaken as taken:
            return Taken(taken.word, taken.article)
        return None
